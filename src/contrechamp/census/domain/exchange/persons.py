"""Names that may be a natural person's. A suspicion holds a record back; a human decides.

A list of given names is the only sign that works on bare names: capitals and word counts do not
tell a company named after nobody from a consultant working under their own name. A word of
business or a legal form anywhere in the name lifts the suspicion, as does a third word that is
not a particle or another given name.
"""

from __future__ import annotations

import re

from contrechamp.kernel.names import fold

_GIVEN = """
aaron abdel abdou abel adam adele adeline adil adrien agathe agnes ahmed aicha aime alain alan
albane albert alex alexandra alexandre alexia alexis alfred ali alice aline alix alma aloise
alphonse amadou amandine amar amaury ambre amelie amin amina amir ana anais anatole andre andrea
andree andreas ange angela angele angelique anita anna annabelle anne annick annie anouk anthony
antoine antoinette antonin antonio antony apolline ariane arielle aristide arlette armand armelle
arnaud arthur assia astrid aubin aude audrey auguste augustin aurelia aurelie aurelien aurore axel
axelle aymeric ayoub aziz baptiste baptistin barbara barnabe basile bastien beatrice benedicte
benjamin benoit bernadette bernard berthe bertrand bilal blaise blanche boris brahim brice
brigitte bruno camille capucine carine carla carlos carole caroline catherine cecile cedric celia
celine cesar chantal charlene charles charline charlotte chloe christel christelle christian
christiane christine christophe claire clara clarisse claude claudette claudia claudie claudine
clemence clement clementine cleo clotilde clovis colette colin coline constance constant corentin
corinne cyprien cyril cyrille damien daniel daniele danielle dany daphne david deborah delphine
denis denise diane didier dimitri djamel dominique donatien dorian dorothee dylan edgar edith
edmond edouard eleonore eliane elias eliott elisa elisabeth elise elodie eloise elsa elvire
emeline emeric emile emilie emilien emma emmanuel emmanuelle enzo eric erica erika ernest erwan
esteban estelle esther ethan etienne eugene eugenie eva evan eve evelyne fabian fabien fabienne
fabrice fadila fanny farid farida fatiha fatima fatou faustine felicie felix ferdinand fernand
fernando flavie flavien flora florence florent florian floriane francine francis francisco franck
francois francoise fred frederic frederique gabin gabriel gabriela gabrielle gael gaelle gaetan
garance gaspard gaston gauthier gautier genevieve geoffrey geoffroy george georges georgette
gerald geraldine gerard germain germaine ghislain ghislaine gilbert gilberte gildas gilles gina
ginette gisele giulia giuseppe gladys gonzague gregoire gregory guilhem guillaume gustave guy
gwenael gwenaelle gwendoline habib hakim halima hamid hamza hans hassan hassane helena helene
helmut henri henriette herve hicham hippolyte honore hortense houria hubert hugo hugues ibrahim
ida igor ilan ilona imad imane ines ingrid irene iris isaac isabelle ismael ivan jacky jacob
jacqueline jacques jade jamal james jamila jan jane janine jasmine javier jean jeanne jeannine
jennifer jeremie jeremy jerome jessica jessy joachim joana joanna joao joaquin jocelyn jocelyne
joel joelle johan johann john johnny jonas jonathan jordan jorge jose joseph josephine josette
josiane joshua josselin juan judith jules julia julian juliana julie julien julienne juliette
justin justine kamel karim karima karine karl katia kenza kevin khadija khaled killian klaus
kylian laetitia laila lambert lara latifa laura laure laurence laurene laurent laurette laurie lea
leila lena leo leon leonard leonie leopold leslie lila lilian liliane lina linda lionel lisa lise
loic lola lorenzo loris lou louane louis louisa louise louison luc luca lucas lucette lucie lucien
lucienne lucile ludivine ludovic luigi luis luisa lydia lydie lylou madeleine madeline mael maelle
magali mahmoud maite malek malik malika manon manuel manuela marc marceau marcel marcelle marco
margaux margot marguerite maria mariam marianne marie mariette marilyne marina marine mario marion
marius marjolaine marjorie marlene marthe martin martine maryline maryse maryvonne mateo mathias
mathieu mathilde mathis mathurin matteo matthias matthieu maud maurice max maxence maxime
maximilien mehdi melanie melissa melvin mercedes michael michel michele micheline michelle miguel
mikael milan mireille mohamed mohammed monique morgan morgane mounir mourad moussa muriel mustapha
myriam nabil nadege nadia nadine nael naima nais najat nassim nathalie nathan nathanael nelly
nestor nicolas nicole nina noa noe noel noelie noelle noemie nolan nora norbert nordine nouria
oceane octave odette odile olga oliver olivia olivier omar ophelie oscar oswald otto ousmane pablo
paola paolo pascal pascale pascaline patrice patricia patrick paul paula paule paulette pauline
pedro perrine peter philibert philippe philomene pierre pierrette pierrick prosper quentin rachel
rachid rachida raoul raphael raphaelle raymond raymonde rebecca regine regis reine remi remy
renaud rene renee ricardo richard rita robert roberto robin rodolphe rodrigue roger roland rolande
romain romane romeo romuald ronan rosalie rosa rosario rosine roxane sabine sabrina sacha said
salima salome salvador sam samia samir samira samuel sandie sandra sandrine sara sarah sasha
saskia sebastien serge sergio severine sidonie simon simone sofia sofiane solange solene soline
sonia sophie soraya stanislas stefan stefano steffi stephane stephanie stephen steve steven
suzanne suzie sybille sylvain sylvaine sylvette sylvia sylvie tania tanguy tarik tatiana tess thea
theo theodore theophile therese thibaud thibault thierry thomas tiffany timothee tom tommy tony
tristan ugo ulrich ulysse urbain valentin valentine valerie vanessa vera veronique vianney vicente
victoire victor victoria victorine vincent violaine violette virgile virginie viviane vivien
vladimir wahid walid walter wassim werner wilfried william willy xavier yacine yael yan yann
yannick yannis yasmina yasmine yassine yohan yohann yolande youcef youssef yuri yvan yves yvette
yvon yvonne zacharie zakaria zara zelie zineb zoe zohra
"""
GIVEN = frozenset(_GIVEN.split())
"""Given names met in France, folded. Names that are also common words or firms' names (Rose,
Pelco, Victor Hugo streets) do harm only by holding a record until somebody looks."""

_PARTICLES = "de du des da di le la les van von der den el al ben bin mc mac o d l"
PARTICLES = frozenset(_PARTICLES.split())

_BUSINESS = """
sa sas sasu sarl eurl sci scop gie ag gmbh inc ltd llc corp plc bv nv spa srl co cie group groupe
holding conseil conseils consulting consultant consultants ingenierie engineering securite
security sureté surete technologies technologie technology tech systemes systeme systems system
solutions solution services service france europe international energie energies energy energy
electronique electronics electric electrique telecom telecoms telecommunications reseaux reseau
network networks software logiciel logiciels video digital numerique data defense industrie
industries industrial partners partenaires associes associe avocats avocat cabinet notaire
notaires architecte architectes architecture editions edition media medias studio agence bureau
institut institute fondation foundation association federation syndicat union club comite
collectif societe compagnie company entreprise entreprises etablissements ets et and fils freres
assurance assurances banque bank capital invest investissement investissements finance immobilier
construction batiment travaux transports transport mobility mobilite smart safe city cloud labs
lab vision camera cameras drone drones robotics aero aerospace space automobile auto motors fire
alarm alarme protection gardiennage formation performance management marketing communication
communications hopital clinique lycee college ecole universite rue place avenue boulevard ville
commune mairie saint sainte
"""
BUSINESS = frozenset(_BUSINESS.split())

_WORD = re.compile(r"[^\W\d_]+", re.UNICODE)


def is_perhaps_a_person(name: str) -> bool:
    """Answer whether a name reads as given name and surname (in either order)."""
    if any(character.isdigit() for character in name) or "&" in name or "/" in name:
        return False
    cleaned = re.sub(r"^(m|mr|mme|mlle|dr|me)\.?\s+", "", name.strip(), flags=re.IGNORECASE)
    titled = cleaned != name.strip()
    folded = [fold(word) for word in _WORD.findall(cleaned)]
    if not 2 <= len(folded) <= 5 or any(word in BUSINESS for word in folded):
        return False
    if titled:
        return True
    rest = [word for word in folded if word not in GIVEN and word not in PARTICLES]
    given = [word for word in folded if word in GIVEN]
    first_or_last = folded[0] in GIVEN or folded[-1] in GIVEN
    return bool(given) and first_or_last and len(rest) <= 1 and len(given) + len(rest) >= 2
