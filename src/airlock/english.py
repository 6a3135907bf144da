"""The English of what the readers' tool says in French."""

from __future__ import annotations

ENGLISH = {
    # What is done and what is asked.
    "L'outil hors ligne des lecteurs.": "The readers' offline tool.",
    "Ouvrir un dossier scellé dans un nouveau dossier.": "Open a sealed dossier into a new folder.",
    "Vérifier un fichier scellé sans clé, ou un paquet.": (
        "Check a sealed file without a key, or a bundle."
    ),
    "Fabriquer la clé d'un lecteur.": "Make a reader's key.",
    "Sceller une réponse (texte sur l'entrée) pour une source.": (
        "Seal an answer (text on standard input) for a source."
    ),
    "Sceller une note pour les lecteurs, ou en lire une.": (
        "Seal a note to the readers, or read one."
    ),
    "Sceller un dossier pour d'autres lecteurs.": "Seal a dossier to other readers.",
    "Faire une copie publique sans métadonnées.": "Make a public copy without metadata.",
    "Préparer le paquet d'un document pour l'observatoire.": (
        "Prepare the bundle of a document for the observatory."
    ),
    "Signer ou vérifier la déclaration mensuelle.": "Sign or verify the monthly statement.",
    "clé publique (répétable)": "public key (may be repeated)",
    "fichier de clés publiques, une par ligne": "file of public keys, one a line",
    "nombre de lecteurs attendus": "number of readers expected",
    "lire une note": "read a note",
    "le texte recopié vient de l'entrée standard": "the text typed again is on standard input",
    "garder l'aperçu": "keep the preview",
    "d'accord, après avoir regardé": "agreed, after a look",
    "un fait public du jour": "a public fact of the day",
    "{name} n'existe pas ou n'est pas un fichier": "{name} does not exist or is not a file",
    "un nombre de 1 à 99": "a number from 1 to 99",
    "un jour, comme 2026-01-31": "a day, like 2026-01-31",
    # Opening and verifying.
    "« {designation} » · reçu le {day} · scellé pour {count} clé(s)": (
        '"{designation}" · received {day} · sealed to {count} key(s)'
    ),
    "boîte {mailbox} · répondre à {reply_to}": "mailbox {mailbox} · reply to {reply_to}",
    "nommé « {name} »": 'named "{name}"',
    "ATTENTION (WARNING) : scellé pour {found} clés, {expected} attendues. "
    "Prévenez les autres lecteurs avant toute chose.": (
        "WARNING: sealed to {found} keys, {expected} expected. "
        "Tell the other readers before anything else."
    ),
    "{name} n'est pas un fichier scellé.": "{name} is not a sealed file.",
    "Ce fichier n'est pas scellé pour cette clé, ou il est abîmé.": (
        "This file is not sealed to this key, or it is damaged."
    ),
    "Contenu refusé : {reason}": "Content refused: {reason}",
    "Donnez votre clé : --identity FICHIER.": "Give your key: --identity FILE.",
    "La longueur n'est pas celle d'un dossier : coupé ou rallongé.": (
        "The length is not that of a dossier: cut or extended."
    ),
    "Profil {profile}, scellé pour {count} clé(s), taille {size}.": (
        "Profile {profile}, sealed to {count} key(s), size {size}."
    ),
    "Paquet refusé, champ : {field}": "Bundle refused, field: {field}",
    "Paquet {format} : complet, relu par deux personnes.": (
        "Bundle {format}: complete, read by two persons."
    ),
    "{name} existe déjà : rien n'est écrasé.": "{name} exists already: nothing is overwritten.",
    "Le dossier de {name} n'existe pas.": "The folder of {name} does not exist.",
    "Interrompu : rien n'a été gardé.": "Interrupted: nothing was kept.",
    "Il manque le programme {program}. Sur Debian ou Tails : apt install {package}.": (
        "The program {program} is missing. On Debian or Tails: apt install {package}."
    ),
    # Keys and passphrases.
    "Phrase de passe : ": "Passphrase: ",
    "Cette phrase de passe n'ouvre pas la clé.": "This passphrase does not open the key.",
    "{name} ne contient pas de clé secrète age.": "{name} holds no age secret key.",
    "La clé secrète est mal recopiée.": "The secret key is mistyped.",
    "La liste de mots manque : réinstallez l'outil.": (
        "The word list is missing: install the tool again."
    ),
    "Phrase proposée, à noter sur papier : {words}": (
        "Proposed passphrase, to write down on paper: {words}"
    ),
    "Tapez-la, ou une autre aussi longue : ": "Type it, or another as long: ",
    "Encore une fois : ": "Once more: ",
    "Trop courte : sept mots, ou vingt signes au moins. Rien n'a été écrit.": (
        "Too short: seven words, or twenty signs at least. Nothing was written."
    ),
    "Les deux phrases diffèrent. Rien n'a été écrit.": "The two differ. Nothing was written.",
    "Pas de phrase de passe : aucune clé n'a été écrite.": "No passphrase: no key was written.",
    # Answers, notes, other readers.
    "Le texte est vide : donnez-le sur l'entrée standard.": (
        "The text is empty: give it on standard input."
    ),
    "Le texte n'est pas en UTF-8.": "The text is not UTF-8.",
    "Clé publique refusée : {reason}": "Public key refused: {reason}",
    "Trop long : {most} octets au plus.": "Too long: {most} bytes at most.",
    "Le scellement a échoué : rien n'a été écrit.": "Sealing failed: nothing was written.",
    "Une note demande --for, --recipient (ou --recipients) et --out.": (
        "A note needs --for, --recipient (or --recipients) and --out."
    ),
    "Note refusée : {reason}": "Note refused: {reason}",
    "Cette note parle d'un autre dossier.": "This note is about another dossier.",
    "Note sur le dossier {dossier}": "Note on dossier {dossier}",
    "Le nouveau fichier doit finir par {suffix}.": "The new file must end in {suffix}.",
    # The clean copy and the bundle.
    "La copie doit porter la même extension que l'original.": (
        "The copy must have the extension of the original."
    ),
    "Cette sorte de fichier ne se nettoie pas : recopiez le texte (--retype) "
    "ou photographiez-le.": (
        "This kind of file cannot be cleaned: type the text again (--retype) or photograph it."
    ),
    "Le bac à sable (bubblewrap) ne démarre pas sur cette machine.": (
        "The sandbox (bubblewrap) does not start on this machine."
    ),
    "Un texte recopié n'est pas vide et s'écrit dans un fichier .txt.": (
        "A text typed again is not empty and goes into a .txt file."
    ),
    "Donnez le fichier à nettoyer, ou --retype avec le texte recopié.": (
        "Give the file to clean, or --retype with the text typed again."
    ),
    "Retiré par {tool} {version} :": "Removed by {tool} {version}:",
    "Un programme ne retire pas ce qui suit. Cherchez-le, page après page :": (
        "No program removes what follows. Look for it, page after page:"
    ),
    "En cas de doute : recopiez le texte (--retype). L'original reste scellé.": (
        "When in doubt: type the text again (--retype). The original stays sealed."
    ),
    "Fiche de nettoyage : {name}": "Record of the cleaning: {name}",
    "numéro d'exemplaire, de page ou de lot propre à une copie": (
        "number of copy, page or batch that is one copy's own"
    ),
    "liste de diffusion, destinataires, initiales": "distribution list, addressees, initials",
    "cercle de trois personnes ou moins qui ont eu ce document : ne le publiez pas": (
        "a circle of three persons or fewer who had this document: do not publish it"
    ),
    "écriture manuscrite, paraphe, surlignage, tampon d'arrivée": (
        "handwriting, initials, highlighting, stamp of arrival"
    ),
    "points jaunes d'imprimante, défauts d'un scanner": "yellow printer dots, flaws of a scanner",
    "reflets, mains, lieu ou écran sur une photographie": (
        "reflections, hands, place or screen in a photograph"
    ),
    "filigrane, marque pâle, fond répété": "watermark, pale mark, repeated background",
    "tournures, fautes ou espaces qui changent d'un exemplaire à l'autre": (
        "wording, mistakes or spaces that differ between copies"
    ),
    "Ce qui sera visible": "What will be visible",
    "Les pages de ce PDF ne se dessinent pas : il est refusé.": (
        "The pages of this PDF cannot be drawn: it is refused."
    ),
    "{count} page(s) en image : {path}": "{count} page(s) as pictures: {path}",
    "Donnez la copie nettoyée, ou --confirm PROPOSITION.": (
        "Give the clean copy, or --confirm PROPOSAL."
    ),
    "Sans fiche de nettoyage : passez d'abord par `scrub`.": (
        "There is no record of a cleaning: go through `scrub` first."
    ),
    "La copie a changé depuis son nettoyage : recommencez `scrub`.": (
        "The copy changed since it was cleaned: `scrub` again."
    ),
    "Il manque {options}.": "{options} missing.",
    "Case inconnue : {boxes}": "Unknown box: {boxes}",
    "Cherché et absent : {what} ? Tapez OUI.": "Looked for and absent: {what}? Type YES.",
    "Est-ce bien ce qui doit être visible ? Tapez OUI.": (
        "Is this what should be visible? Type YES."
    ),
    "Vous n'avez pas proposé ceci, et vous êtes d'accord ? Tapez OUI.": (
        "You did not propose this, and you agree? Type YES."
    ),
    "Il faut une personne pour répondre : lancez la commande dans un terminal.": (
        "A person must answer: run the command in a terminal."
    ),
    "Rien n'a été fait.": "Nothing was done.",
    "Empreinte du paquet : {digest}": "Hash of the bundle: {digest}",
    "Proposition écrite. Un second lecteur la relit : promote --confirm.": (
        "Proposal written. A second reader reads it: promote --confirm."
    ),
    "Paquet écrit. Ne le remettez pas avant le {day} : un délai au hasard sépare l'envoi "
    "de la publication.": (
        "Bundle written. Do not hand it over before {day}: a random delay separates what was sent "
        "from what is published."
    ),
    # The signed statement.
    "Une nouvelle déclaration demande --onion, --recipients et --fact.": (
        "A new statement needs --onion, --recipients and --fact."
    ),
    "La déclaration, sa signature ou la liste des signataires manque.": (
        "The statement, its signature or the list of signers is missing."
    ),
    "Ce n'est pas une déclaration airlock-canary/1.": "Not an airlock-canary/1 statement.",
    "La signature ne tient pas : ne montrez pas cette déclaration.": (
        "The signature does not hold: do not show this statement."
    ),
    "La déclaration est périmée : il en faut une nouvelle.": (
        "The statement has expired: a new one is needed."
    ),
    "La déclaration est datée de l'avenir : vérifiez l'horloge.": (
        "The statement is dated in the future: check the clock."
    ),
    "Les clés déclarées ne sont pas celles qui servent : prévenez les lecteurs.": (
        "The keys stated are not those in use: tell the readers."
    ),
    "L'adresse déclarée n'est pas celle-ci.": "The address stated is not this one.",
    "Il manque ssh-keygen. Sur Debian ou Tails : apt install openssh-client.": (
        "ssh-keygen is missing. On Debian or Tails: apt install openssh-client."
    ),
    "Déclaration valable jusqu'au {day}.": "Statement valid until {day}.",
    "Elle a plus de 21 jours : préparez la suivante.": (
        "It is more than 21 days old: prepare the next."
    ),
    # Why something is refused.
    "c'est une clé SECRÈTE (secret key) : détruisez cette copie, donnez la ligne age1…": (
        "this is a SECRET key: destroy this copy, give the line age1…"
    ),
    "une clé SECRÈTE (secret key) est parmi les clés publiques : détruisez cette copie": (
        "a SECRET key is among the public keys: destroy this copy"
    ),
    "ce fichier a une clé SECRÈTE (secret key) : détruisez cette copie": (
        "this file holds a SECRET key: destroy this copy"
    ),
    "clé post-quantique : cette version n'y scelle pas encore": (
        "post-quantum key: this version does not seal to it yet"
    ),
    "ce n'est pas une clé publique age (age1 et 58 signes)": (
        "not an age public key (age1 and 58 signs)"
    ),
    "clé age mal recopiée (somme de contrôle)": "mistyped age key (checksum)",
    "clé age inutilisable": "unusable age key",
    "il faut une à douze clés publiques différentes": (
        "one to twelve different public keys are needed"
    ),
    "le fichier des clés publiques ne se lit pas": "the file of public keys cannot be read",
    "un scellement d'essai a échoué": "a trial sealing failed",
    "ce n'est pas un certificat OpenPGP": "not an OpenPGP certificate",
    "pas de clé de chiffrement utilisable (faible, périmée, révoquée ou de signature seule)": (
        "no usable encryption key (weak, expired, revoked or for signing only)"
    ),
    "la longueur n'est pas une taille prévue": "the length is not a bucket",
    "pas de table des membres à sa place": "no directory where it belongs",
    "particularité de ZIP imprévue ou octets cachés": "unexpected ZIP feature or hidden bytes",
    "membre imprévu": "unexpected member",
    "membres dans le désordre": "members out of order",
    "octets cachés devant un membre": "hidden bytes before a member",
    "octets cachés après un membre, ou somme de contrôle fausse": (
        "hidden bytes after a member, or a wrong checksum"
    ),
    "plus court que ce qui est annoncé": "shorter than it says",
    "le manifeste et les membres diffèrent": "manifest and members differ",
    "manifeste trop grand": "manifest too large",
    "manifeste illisible": "unreadable manifest",
    "manifeste autrement écrit que prévu": "manifest is not canonical",
    "format inconnu": "unknown format",
    "valeur impossible dans le manifeste": "a value in the manifest cannot be",
    "taille ou empreinte différente": "size or digest differs",
    "le remplissage cache des octets": "the padding carries data",
    "trop de fichiers": "too many files",
    "plus grand que la plus grande taille": "larger than the largest bucket",
    "le remplissage ne tombe pas juste": "the padding does not come out",
    "un membre est encore ouvert": "a member is still open",
    "aucun membre n'est ouvert": "no member is open",
    "trop long": "too long",
    "ce n'est pas une réponse": "not an answer",
    "ce n'est pas une note": "not a note",
    "pas scellé pour cette clé, ou abîmé": "not sealed to this key, or damaged",
    "un dossier se nomme par 32 chiffres hexadécimaux et .age ou .gpg": (
        "a dossier is named by 32 hex digits and .age or .gpg"
    ),
    "la liste de mots n'est pas celle de cette version": (
        "the word list is not the one of this version"
    ),
    "la liste de mots manque : installez le paquet mnemonic": (
        "the word list is missing: install the package mnemonic"
    ),
}
