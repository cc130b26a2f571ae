"""The REST interface against its own description: whatever is sent, no answer is a broken server."""

from __future__ import annotations

from typing import Any

import hypothesis
import schemathesis
from hypothesis import HealthCheck, Phase
from litestar.testing import TestClient


def test_nothing_that_is_sent_breaks_it(local: TestClient[Any]) -> None:
    schema = schemathesis.openapi.from_dict(local.get("/api/openapi.json").json())
    token = local.headers["x-csrftoken"]
    asked = 0
    for result in schema.get_all_operations():
        operation = result.ok()

        @hypothesis.settings(
            max_examples=4, deadline=None, database=None, derandomize=True, phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        @hypothesis.given(case=operation.as_strategy())
        def check(case: Any) -> None:
            sent = case.as_transport_kwargs(base_url="http://127.0.0.1")
            given = {name: value for name, value in (sent.get("headers") or {}).items() if value}
            answer = local.request(
                sent["method"],
                sent["url"],
                params=sent.get("params"),
                json=sent.get("json"),
                headers={**given, "x-csrftoken": token},
            )
            assert answer.status_code < 500, (sent, answer.text)

        check()
        asked += 1
    assert asked > 10
