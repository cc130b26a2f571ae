"""A small server on loopback that speaks the protocols of the literature services, and stumbles when told to.

It knows only what the services' documentation describes: it shows that our side keeps to it, not that the services do.
"""

from __future__ import annotations

import hashlib
import json
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit


@dataclass(frozen=True)
class Fault:
    """What happens to one request instead of a proper answer."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    cut_after: int | None = None
    """breaks the connection after so many bytes of the body"""
    sleep: float = 0
    """seconds of silence before the answer"""
    body: bytes | None = None
    """another body, in place of the right one"""


@dataclass
class StoredArticle:
    """One version of an article in the bucket."""

    pmcid: str
    body: bytes
    version: int = 1
    title: str = "A tumour of the elbow"
    licence: str | None = "CC BY"
    retracted: Any = False
    ocr: Any = False
    md5: str | None = None
    kinds: tuple[str, ...] = ("xml", "txt")
    pmid: int | None = None
    doi: str | None = None
    year: int = 2020

    @property
    def folder(self) -> str:
        return f"{self.pmcid}.{self.version}"

    def metadata(self) -> dict[str, Any]:
        md5 = self.md5 or hashlib.md5(self.body).hexdigest()
        fields = {"xml": "xml_url", "txt": "text_url", "pdf": "pdf_url"}
        addresses = {
            name: f"s3://pmc-oa-opendata/{self.folder}/{self.folder}.{kind}?md5={md5}" if kind in self.kinds else None
            for kind, name in fields.items()
        }
        return {
            "pmcid": self.pmcid,
            "version": self.version,
            "pmid": self.pmid,
            "doi": self.doi,
            "title": self.title,
            "citation": f"Journal of Elbows. {self.year};1:1",
            "is_pmc_openaccess": True,
            "is_manuscript": False,
            "is_historical_ocr": self.ocr,
            "is_retracted": self.retracted,
            "license_code": self.licence,
            "media_urls": [],
            **addresses,
        }


class Library:
    """The articles, the faults that wait for requests, and every request that came."""

    def __init__(self) -> None:
        self.articles: list[StoredArticle] = []
        self.requests: list[tuple[str, dict[str, str], str | None]] = []
        self.address = ""
        self._faults: list[tuple[str, Fault]] = []
        self._lock = Lock()

    def stumble(self, path_part: str, *faults: Fault) -> None:
        """The next requests whose path holds `path_part` meet these faults, one each."""
        self._faults += [(path_part, fault) for fault in faults]

    def asked(self, path_part: str) -> int:
        """How many requests came for paths that hold `path_part`."""
        return sum(path_part in path for path, _, _ in self.requests)

    @property
    def addresses(self) -> dict[str, str]:
        services = ("pmc", "europepmc", "articles", "identifiers")
        return {name: f"{self.address}/{name}" for name in services}

    @property
    def environment(self) -> dict[str, str]:
        """Settings that point at this server, for a process of its own."""
        there = {f"CASELORE_ADDRESS_{name.upper()}": address for name, address in self.addresses.items()}
        return {**there, "CASELORE_BACKOFF": "0.01", "CASELORE_TIMEOUT": "5", "NO_PROXY": "127.0.0.1"}

    def fault_for(self, path: str) -> Fault | None:
        with self._lock:
            for index, (part, fault) in enumerate(self._faults):
                if part in path:
                    del self._faults[index]
                    return fault
        return None

    def answer(self, path: str, query: dict[str, str]) -> bytes | None:
        """The body for a request, None for 404."""
        service, _, rest = path.lstrip("/").partition("/")
        if service == "articles":
            return self._bucket(rest, query)
        if service == "identifiers":
            return _json({"status": "ok", "records": [self._record(one) for one in query["ids"].split(",")]})
        if path == "/pmc/esearch.fcgi":
            return _json(self._esearch(query))
        if path == "/pmc/esummary.fcgi":
            return _json({"result": {one: self._summary(one) for one in query["id"].split(",")}})
        if path == "/europepmc/search":
            return _json(self._europepmc(query))
        return None

    def _bucket(self, key: str, query: dict[str, str]) -> bytes | None:
        if not key:
            prefix = query["prefix"]
            folders = sorted(one.folder for one in self.articles if one.folder.startswith(prefix))
            common = "".join(f"<CommonPrefixes><Prefix>{folder}/</Prefix></CommonPrefixes>" for folder in folders)
            return f"<ListBucketResult><Prefix>{prefix}</Prefix>{common}</ListBucketResult>".encode()
        for one in self.articles:
            if key == f"metadata/{one.folder}.json":
                return _json(one.metadata())
            if re.fullmatch(rf"{re.escape(one.folder)}/{re.escape(one.folder)}\.({'|'.join(one.kinds)})", key):
                return one.body
        return None

    def _record(self, asked: str) -> dict[str, Any]:
        for one in self.articles:
            if asked in (str(one.pmid), one.doi):
                return {"requested-id": asked, "pmcid": one.pmcid, "pmid": one.pmid, "doi": one.doi}
        return {"requested-id": asked, "status": "error", "errmsg": "Identifier not found in PMC"}

    def _matching(self, query: str) -> list[StoredArticle]:
        words = re.findall(r"\w+", query.split(")")[0].lower())
        return [one for one in self.articles if all(word in one.title.lower() for word in words)]

    def _esearch(self, query: dict[str, str]) -> dict[str, Any]:
        if query["term"].startswith("([)"):
            return {"esearchresult": {"ERROR": "Unbalanced brackets"}}
        found = [one.pmcid.removeprefix("PMC") for one in self._matching(query["term"])]
        errors = {"phrasesnotfound": ["xyzzy"]} if "xyzzy" in query["term"] else {}
        kept = found[: int(query["retmax"])]
        return {"esearchresult": {"count": str(len(found)), "idlist": kept, "errorlist": errors}}

    def _summary(self, number: str) -> dict[str, Any]:
        one = next(one for one in self.articles if one.pmcid == f"PMC{number}")
        others = [{"idtype": "pmid", "value": str(one.pmid or 0)}, {"idtype": "doi", "value": one.doi or ""}]
        return {
            "uid": number,
            "title": one.title,
            "source": "J Elbows",
            "pubdate": f"{one.year} Mar",
            "authors": [{"name": "Okafor A"}, {"name": "Lindqvist B"}],
            "articleids": others,
        }

    def _europepmc(self, query: dict[str, str]) -> dict[str, Any]:
        found = self._matching(query["query"])
        start = 0 if query["cursorMark"] == "*" else int(query["cursorMark"])
        end = start + int(query["pageSize"])
        result = [
            {
                "pmcid": one.pmcid,
                "doi": one.doi,
                "title": f"<i>{one.title}</i>.",
                "authorString": "Okafor A, Lindqvist B.",
                "journalTitle": "J Elbows",
                "pubYear": str(one.year),
            }
            for one in found[start:end]
        ]
        following = {"nextCursorMark": str(end)} if end < len(found) else {}
        return {"hitCount": len(found), "resultList": {"result": result}, **following}


def _json(content: Any) -> bytes:
    return json.dumps(content).encode()


class Server(ThreadingHTTPServer):
    """Answers each request in a thread of its own, and does not mind clients that have gone."""

    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Silence: a client that lost its patience closes the connection."""


@contextmanager
def library() -> Iterator[Library]:
    """A library that listens on a free port of loopback until the end of the block."""
    books = Library()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            query = {key: values[0] for key, values in parse_qs(parts.query).items()}
            books.requests.append((parts.path, query, self.headers.get("Range")))
            fault = books.fault_for(parts.path) or Fault()
            time.sleep(fault.sleep)
            body = fault.body if fault.body is not None else books.answer(parts.path, query)
            self._send(fault, body)

        def _send(self, fault: Fault, body: bytes | None) -> None:
            status, extra = fault.status or (200 if body is not None else 404), dict(fault.headers)
            body = body or b""
            wanted = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range") or "")
            if wanted and status == 200:
                start = int(wanted[1])
                status = 206 if start < len(body) else 416
                extra["Content-Range"] = (
                    f"bytes {start}-{len(body) - 1}/{len(body)}" if status == 206 else f"bytes */{len(body)}"
                )
                body = body[start:]
            self.send_response(status)
            for name, value in {**extra, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body if fault.cut_after is None else body[: fault.cut_after])
            if fault.cut_after is not None:
                self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:
            """Silence: the tests look at `requests`."""

    server = Server(("127.0.0.1", 0), Handler)
    books.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield books
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
