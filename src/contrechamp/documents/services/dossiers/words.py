"""The words of a dossier's papers, in its language: the typesetter knows none."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext, ngettext

from contrechamp.documents.domain.dossiers import Dossier
from contrechamp.foundation.words import written
from contrechamp.kernel.typography import french


def words_of(dossier: Dossier) -> dict[str, str]:
    """Return the words of a dossier by name; call it with the dossier's language active."""
    day = written(date.fromisoformat(dossier.cover.day), "j F Y")
    said = {
        "kind": gettext("Dossier de pièces"),
        "observatory_name": "Contrechamp",
        "author": gettext("Établi par"),
        "date": gettext("État au"),
        "day_words": day,
        "contents_line": gettext("Contenu"),
        "contents_count": contents(dossier),
        "observatory": gettext("Observatoire"),
        "address": gettext("Adresse de ce dossier"),
        "edition": gettext("Édition des données"),
        "running_right": gettext("État au {day}").format(day=day),
        "how_title": gettext("Comment lire ce dossier"),
        "how": gettext(
            "Chaque élément est numéroté. Il est suivi du passage qui le prouve, recopié mot pour "
            "mot, et de l'image de la page où ce passage est surligné. Chaque document est une "
            "pièce numérotée, décrite à la fin avec son empreinte SHA-256."
        ),
        "introduction_by": gettext("Mot de la personne qui a composé ce dossier"),
        "note_by": gettext("Note de la personne qui a composé ce dossier"),
        "contents": gettext("Sommaire"),
        "statements": gettext("Faits et passages"),
        "exhibits": gettext("Liste des pièces"),
        "exhibit": gettext("Pièce"),
        "exhibit_number": gettext("Pièce n° {number}"),
        "hashes": gettext("Empreintes"),
        "hashes_how": gettext(
            "L'empreinte SHA-256 d'un fichier change si un seul octet change. Pour vérifier une "
            "pièce, calculez l'empreinte du fichier (sha256sum sous Linux et macOS, Get-FileHash "
            "sous Windows) et comparez-la à celle qui est imprimée ici."
        ),
        "file_and_hash": gettext("Fichier et empreinte SHA-256"),
        "source": gettext("Adresse d'origine :"),
        "read_here": gettext("Lire en ligne :"),
        "no_source": gettext("Aucun passage public ne l'établit encore."),
        "whole_document": gettext("document entier"),
        "quoted": gettext("« {words} »"),
        "page_number": gettext("page {page}"),
        "pages_from_to": gettext("pages {first} et {last}"),
        "one_page": ngettext("{count} page", "{count} pages", 1),
        "page_count": ngettext("{count} page", "{count} pages", 2),
        "not_placed": gettext("passage non situé sur l'image"),
        "strip": gettext("Le passage agrandi, page {page}"),
        "alt_page": gettext("Pièce n° {number}, image de la page {page}, passage surligné"),
        "alt_strip": gettext("Pièce n° {number}, page {page} : le passage, agrandi et surligné"),
        "alt_sheet": gettext("Page {page}"),
        "no_picture": gettext("Cette page n'a ni texte ni image lisible."),
        "cited_by": gettext("Citée au n° {numbers}."),
        "inventory": gettext("Inventaire détaillé des pièces"),
        "inventory_line": gettext(
            "{title}. Nombre de pièces : {count}. État au {day}. Le numéro de chaque pièce est "
            "celui par lequel commence le nom de son fichier."
        ),
        "number": gettext("N°"),
        "dated": gettext("Date"),
        "pages": gettext("Pages"),
    }
    return {name: french(words) for name, words in said.items()} if is_french(dossier) else said


def contents(dossier: Dossier) -> str:
    """Say how much a dossier holds: `3 éléments, 2 pièces`."""
    statements, exhibits = len(dossier.statements), len(dossier.exhibits)
    return ", ".join(
        (
            ngettext("{count} élément", "{count} éléments", statements).format(count=statements),
            ngettext("{count} pièce", "{count} pièces", exhibits).format(count=exhibits),
        )
    )


def is_french(dossier: Dossier) -> bool:
    """Answer whether a dossier is set in French."""
    return dossier.cover.language == "fr"
