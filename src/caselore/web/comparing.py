"""Patients like mine, and what else it could be: a pasted paragraph or stains in, reasons and sources out."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import msgspec
from litestar import Request, get
from litestar.datastructures import State
from litestar.exceptions import ClientException
from litestar.response import Template

from caselore import service
from caselore.model.differential import Differential
from caselore.model.similarity import Similar, Verdict

Asked = Request[Any, Any, State]
_MOST_WORDS = 20_000


def _similar(request: Asked) -> Similar:
    """Raises ClientException with the sentence of whatever is wrong."""
    like = request.query_params.get("like", "").strip()[:_MOST_WORDS]
    dataset = request.query_params.get("dataset", "")
    try:
        extra = service.dataset(dataset).members if dataset else ()
        return service.similar(
            service.described(like), service.casebook_tables(request.app.state.casebook), extra, count=20
        )
    except (
        service.NothingToCompare,
        service.SearchMissing,
        service.StatisticsMissing,
        service.UnknownDataset,
    ) as error:
        raise ClientException(str(error)) from error


def _differential(request: Asked) -> Differential:
    """Raises ClientException with the sentence of whatever is wrong."""
    asked = request.query_params
    try:
        age = float(asked["age"]) if asked.get("age") else None
    except ValueError as error:
        raise ClientException("The age must be a number of years.") from error
    sites = (asked["site"],) if asked.get("site") else ()
    try:
        return service.differential(
            asked.get("stains", "")[:2000], age=age, sites=sites, with_prior=asked.get("prior") == "1"
        )
    except (service.WrongStains, service.WrongSite, service.NothingToWeigh) as error:
        raise ClientException(str(error)) from error


@get("/similar", sync_to_thread=True)
def similar(request: Asked) -> Template:
    """The patients most like one that is described or stands in a report."""
    asked = {key: request.query_params.get(key, "") for key in ("like", "dataset")}
    found, problem = None, ""
    if asked["like"].strip():
        try:
            found = _similar(request)
        except ClientException as error:
            problem = error.detail
    understood = msgspec.to_builtins(found.query) if found else {}
    return Template(
        "similar.html",
        context={
            "title": "Similar",
            "here": "similar",
            "asked": asked,
            "found": found,
            "problem": problem,
            "known": {one.source for one in request.app.state.casebook.reports()},
            "understood": {key: value for key, value in understood.items() if key not in ("role", "label")},
            "datasets": service.dataset_names(),
            "verdicts": list(Verdict),
            "twin": "/similar.json?" + urlencode(asked),
        },
    )


@get("/similar.json", sync_to_thread=True)
def similar_json(request: Asked) -> Similar:
    """The nearest patients with reasons and outcome."""
    return _similar(request)


@get("/differential", sync_to_thread=True, opt={"blind": True})
def differential(request: Asked) -> Template:
    """The diagnoses that fit stains, and the next stain that would tell most."""
    asked = {key: request.query_params.get(key, "") for key in ("stains", "age", "site", "prior")}
    found, problem = None, ""
    if asked["stains"].strip():
        try:
            found = _differential(request)
        except ClientException as error:
            problem = error.detail
    return Template(
        "differential.html",
        context={
            "title": "Differential",
            "here": "differential",
            "asked": asked,
            "found": found,
            "problem": problem,
            "link_to": _link_to,
            "twin": "/differential.json?" + urlencode(asked),
        },
    )


def _link_to(identifier: str) -> str:
    """Where a source can be read: a DOI, PMCID or PMID as an address."""
    if identifier.startswith("PMC"):
        return f"https://www.ncbi.nlm.nih.gov/pmc/articles/{identifier}/"
    if identifier.removeprefix("PMID").strip(" :").isdigit():
        return f"https://pubmed.ncbi.nlm.nih.gov/{identifier.removeprefix('PMID').strip(' :')}/"
    return f"https://doi.org/{identifier.removeprefix('doi:').strip()}"


@get("/differential.json", sync_to_thread=True, opt={"blind": True})
def differential_json(request: Asked) -> Differential:
    """Every candidate with its likelihood ratios and their sources."""
    return _differential(request)


ROUTES = (similar, similar_json, differential, differential_json)
