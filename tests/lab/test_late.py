"""What does not compute does not load NumPy and SciPy: a second, and a thread for each core."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import grimp
import pytest
from scipy.special import ndtri
from scipy.stats import beta

from contrechamp.lab import late, tallies
from contrechamp.lab.own.chance import clopper_pearson

LOADED = "sys.exit(' '.join({'numpy', 'scipy'} & set(sys.modules)) or None)"
CLI = "from contrechamp.cli.main import contrechamp; contrechamp({}, standalone_mode=False)"
DJANGO = "import django; django.setup(); from django.urls import get_resolver; get_resolver()"


@pytest.mark.parametrize(
    "code",
    [
        "from contrechamp.lab import registry, runner, verify; registry.experiments()",
        CLI.format(["--help"]),
        CLI.format(["doctor", "--help"]),
        CLI.format(["lab", "--help"]),
        CLI.format(["lab", "list", "--json"]),
        CLI.format(["lab", "cards", "list"]),
        f"{DJANGO}.url_patterns",
    ],
)
def test_what_does_not_compute_does_not_load_numpy(code: str, tmp_path: Path) -> None:
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", f"import sys; {code}; {LOADED}"],
        env={
            **os.environ,
            "CONTRECHAMP_DATA": str(tmp_path),
            "DJANGO_SETTINGS_MODULE": "contrechamp.project.settings",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, ""), done.stderr


def test_numpy_and_scipy_are_taken_from_one_place() -> None:
    graph = grimp.build_graph(
        "contrechamp",
        include_external_packages=True,
        exclude_type_checking_imports=True,
        cache_dir=None,
    )
    importers = [
        module
        for package in ("numpy", "scipy")
        if package in graph.modules
        for module in graph.find_modules_that_directly_import(package)
    ]
    assert importers == []


def test_a_late_module_is_the_module() -> None:
    import numpy as np
    from scipy import special

    assert late.np.bincount is np.bincount
    assert late.special.expit is special.expit
    with pytest.raises(AttributeError, match="no_such_thing"):
        getattr(late.np, "no_such_thing")  # noqa: B009


def test_the_quantiles_that_are_written_down_are_those_of_scipy() -> None:
    assert (ndtri(0.975), ndtri(0.8)) == (tallies.Z95, tallies.Z80)


def test_the_exact_interval_is_that_of_the_beta_law() -> None:
    for count, of in ((0, 9), (3, 9), (9, 9), (721, 2323)):
        low, high = clopper_pearson(count, of)
        assert low == pytest.approx(0 if not count else beta.ppf(0.025, count, of - count + 1))
        assert high == pytest.approx(1 if count == of else beta.ppf(0.975, count + 1, of - count))
