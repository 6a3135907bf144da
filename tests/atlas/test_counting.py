from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from contrechamp.atlas.domain.asking import Filters
from contrechamp.atlas.domain.counting import (
    Survey,
    best,
    picked,
    tally,
    total_of,
    undated,
    wanted,
    weights,
    without_year,
    years_of,
)
from contrechamp.atlas.domain.lines import Line, Reading, Where
from contrechamp.atlas.domain.summary import summarise

NICE = Where(
    own=("commune:06088",),
    commune=("commune:06088",),
    departement=("departement:06",),
    region=("region:93",),
)
VAR = Where(own=("departement:83",), departement=("departement:83",), region=("region:93",))
BOTH = Where(
    own=("commune:06088", "commune:83137"),
    commune=("commune:06088", "commune:83137"),
    departement=("departement:06", "departement:83"),
    region=("region:93",),
)
NATIONAL = Where(own=("country:FR",))

years = st.none() | st.integers(1990, 2030)
readings = st.builds(
    Reading,
    year=years,
    value=st.integers(0, 5_000).map(float),
    rank=st.tuples(st.text(max_size=3), st.text(max_size=3), st.uuids().map(str)),
)
lines = st.lists(
    st.builds(
        Line,
        id=st.uuids().map(str),
        name=st.just("Projet"),
        is_project=st.booleans(),
        type=st.sampled_from(["trial", "programme"]),
        status=st.sampled_from(["verified", "alleged"]),
        where=st.sampled_from([NICE, VAR, BOTH, NATIONAL]),
        families=st.sampled_from([("drones",), ("lapi", "drones"), ("unsaid",)]),
        technologies=st.sampled_from([(), ("tec-1",)]),
        first=years,
        last=years,
        cameras=st.lists(readings, max_size=3).map(tuple),
    ),
    max_size=25,
).map(tuple)


def line(**values: object) -> Line:
    given_ = {
        "id": "prj-1",
        "name": "Caméras",
        "is_project": True,
        "type": "trial",
        "status": "verified",
        "where": NICE,
        "families": ("video_surveillance",),
        "technologies": ("tec-1",),
        "first": 2020,
        "last": None,
    }
    return Line(**(given_ | values))  # type: ignore[arg-type]


@given(lines, years)
def test_filters_only_take_away(found: tuple[Line, ...], year: int | None) -> None:
    survey = Survey(lines=found)
    every = tally(picked(survey, Filters()), level="departement", filters=Filters())
    for filters in (Filters(technology="drones"), Filters(type="trial"), Filters(year=year)):
        some = tally(picked(survey, filters), level="departement", filters=filters)
        assert some.total.projects <= every.total.projects
        assert all(one.projects <= every.of[key].projects for key, one in some.of.items())


@given(lines)
def test_every_project_is_in_a_territory_or_elsewhere(found: tuple[Line, ...]) -> None:
    count = tally(summarise(found), level="departement", filters=Filters())
    projects = [one for one in found if one.is_project]
    placed = [one for one in projects if one.where.departement]
    assert count.total.projects == len(projects)
    assert count.elsewhere == len(projects) - len(placed)
    assert sum(one.projects for one in count.of.values()) == sum(
        len(one.where.departement) for one in placed
    )


@given(lines)
def test_the_bars_say_what_the_map_of_each_year_says(found: tuple[Line, ...]) -> None:
    survey = Survey(lines=found)
    for year, number in years_of(summarise(found)).items():
        filters = Filters(year=year)
        begun = [
            each
            for each in wanted(survey, filters)
            if each.is_project and not (each.last and each.first and each.last < each.first)
        ]
        assert len(begun) <= len(wanted(survey, without_year(filters)))
        dated = [one for one in found if one.is_project and one.first is not None]
        if all(one.last is None or one.last >= (one.first or 0) for one in dated):
            assert number == len(begun)


@given(lines, years, st.booleans(), st.sampled_from(["", "region:93", "commune:06088"]))
def test_counting_in_groups_is_counting_one_by_one(
    found: tuple[Line, ...], year: int | None, with_undated: bool, inside: str
) -> None:
    filters = Filters(year=year, with_undated=with_undated)
    survey = Survey(lines=found)
    some = wanted(survey, filters, inside=inside)
    assert sorted(one.id for one in some) == sorted(
        one.id
        for one in found
        if (not inside or one.where.is_in(inside))
        and (not one.is_project or year is None or one.was_there(year, with_undated=with_undated))
    )
    count = tally(picked(survey, filters, inside=inside), level="departement", filters=filters)
    for key, one in count.of.items():
        there = [each for each in some if key in each.where.departement]
        projects = [each for each in there if each.is_project]
        assert one.projects == len(projects)
        assert one.families == Counter(code for each in projects for code in each.families)
        known = [each.cameras_by(year, with_undated=with_undated or year is None) for each in there]
        numbers = [number for number in known if number is not None]
        assert one.cameras == (sum(numbers) if numbers else None)


filters_ = st.builds(
    Filters,
    technology=st.sampled_from(["", "drones", "tec-1", "tec-family"]),
    type=st.sampled_from(["", "trial"]),
    status=st.sampled_from(["", "verified"]),
    year=years,
    with_undated=st.booleans(),
)


@given(lines, filters_, st.sampled_from(["", "region:93", "departement:83"]))
def test_the_summary_counts_the_projects_that_one_by_one_pass(
    found: tuple[Line, ...], filters: Filters, inside: str
) -> None:
    survey = Survey(lines=found, related={"tec-family": frozenset({"lapi"})})
    projects = [one for one in wanted(survey, filters, inside=inside) if one.is_project]
    summary = picked(survey, filters, inside=inside)
    assert len(summary) == total_of(summary).projects == len(projects)
    assert undated(summary) == sum(one.first is None for one in projects)
    stands = Counter(key for one in projects for key in one.where.commune or one.where.departement)
    assert weights(summary) == stands
    for level in ("commune", "region"):
        count = tally(summary, level=level, filters=filters)
        held = Counter(key for one in projects for key in one.where.at(level))
        assert {key: one.projects for key, one in count.of.items() if one.projects} == held


def test_a_project_is_there_from_its_first_year_to_its_last() -> None:
    ended = line(first=2019, last=2021)
    assert [ended.was_there(year, with_undated=False) for year in range(2018, 2023)] == [
        False,
        True,
        True,
        True,
        False,
    ]
    assert line(last=None).was_there(2099, with_undated=False)


def test_what_has_no_date_is_counted_only_when_asked() -> None:
    undated = line(first=None)
    assert not undated.was_there(2021, with_undated=False)
    assert undated.was_there(2021, with_undated=True)
    assert list(wanted(Survey(lines=(undated,)), Filters())) == [undated]


def test_the_last_number_of_cameras_known_by_a_year_is_taken() -> None:
    counted = line(
        cameras=(
            Reading(year=2020, value=30, rank=("2020-01-01", "", "a")),
            Reading(year=2023, value=45, rank=("2023-06-01", "", "b")),
        )
    )
    assert counted.cameras_by(None) == 45
    assert counted.cameras_by(2022) == 30
    assert counted.cameras_by(2019) is None


def test_zero_cameras_is_a_number_and_nothing_is_not() -> None:
    zero = line(cameras=(Reading(year=None, value=0, rank=("", "", "a")),))
    assert tally(summarise([zero]), level="departement", filters=Filters()).total.cameras == 0
    assert tally(summarise([line()]), level="departement", filters=Filters()).total.cameras is None


def test_a_number_given_of_a_town_counts_where_no_project_is_asked_for() -> None:
    town = line(
        id="plc-1", is_project=False, cameras=(Reading(year=None, value=9, rank=("",) * 3),)
    )
    survey = Survey(lines=(town,))
    assert wanted(survey, Filters(year=2020)) == [town]
    assert wanted(survey, Filters(technology="drones")) == []


def test_a_family_finds_its_capabilities_and_the_record_of_the_family() -> None:
    centre = line(families=("video_surveillance",), technologies=("tec-centre",))
    related = {"tec-family": frozenset({"video_surveillance"})}
    survey = Survey(lines=(centre,), related=related)
    for asked in ("video_surveillance", "tec-family", "tec-centre"):
        assert wanted(survey, Filters(technology=asked)) == [centre]
    assert wanted(survey, Filters(technology="drones")) == []


def test_a_town_counts_in_the_departement_that_it_is_in() -> None:
    count = tally(summarise([line(where=BOTH)]), level="departement", filters=Filters())
    assert count.of["departement:06"].communes == {"commune:06088"}
    assert count.of["departement:83"].communes == {"commune:83137"}
    assert count.total.projects == 1


def test_a_territory_holds_what_is_in_it() -> None:
    assert [NICE.is_in(key) for key in ("country:FR", "region:93", "departement:06")] == [True] * 3
    assert not NICE.is_in("departement:83")
    assert not NICE.is_in("commune:06029")
    assert NATIONAL.is_in("country:FR")


def test_a_project_has_the_status_of_its_best_proved_fact() -> None:
    ranked = ("verified", "documented", "alleged")
    assert best({"facts": 3, "ALLEGED": 2, "DOCUMENTED": 1}, ranked) == "documented"
    assert best({"facts": 0}, ranked) == ""


def test_what_was_counted_is_kept_with_its_survey_alone() -> None:
    survey, calls = Survey(), []

    def count() -> int:
        calls.append(1)
        return 7

    assert [survey.once("key", count) for _ in range(3)] == [7, 7, 7]
    assert len(calls) == 1
    assert Survey().once("key", count) == 7
    assert len(calls) == 2
    for number in range(200):
        survey.once(number, count)
    assert len(survey.memo) <= 64
