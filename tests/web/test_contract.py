"""Whatever the API's description allows, and much that it does not, is answered without a fault.

Schemathesis makes the requests (Hatfield-Dodds and Dygalo, "Deriving Semantics-Aware Fuzzers from
Web API Schemas", 2022). ``SAYSO_EXAMPLES`` says how many each operation gets, of those that fit the
description and of those that do not.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)
from tests.web.conftest import BASE

from sayso.web.app import create_app
from sayso.web.jobs import Asked, Job, Jobs
from sayso.web.settings import Settings

EXAMPLES = int(os.environ.get("SAYSO_EXAMPLES", "3"))
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    unsupported_method,
]
HOST = {"host": BASE.removeprefix("http://")}

Operations = list[Any]


@pytest.fixture(scope="module")
def operations(story: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Operations]:
    """The operations over a copy of the story, which may be written to; no text is read."""
    path = tmp_path_factory.mktemp("contract") / "copy.db"
    path.write_bytes(story.read_bytes())
    app = create_app(Settings(ledger=str(path)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Jobs, "read", _not_read)
        described = schemathesis.openapi.from_asgi("/api/v1/openapi.json", app, headers=HOST)
        yield [found.ok() for found in described.get_all_operations()]  # type: ignore[union-attr]
    app.state.desk.close()


def _not_read(self: Jobs, asked: Asked, then: object = None) -> Job:
    job = self._new(asked.address or asked.name)
    job.state = "done"
    return job


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_the_api_keeps_its_contract(operations: Operations, mode: GenerationMode) -> None:
    assert len(operations) > 15
    for operation in operations:
        cases = operation.as_strategy(generation_mode=mode)

        @settings(
            max_examples=EXAMPLES,
            deadline=None,
            database=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        )
        @given(case=cases)
        def keeps(case: schemathesis.Case[Any]) -> None:
            case.call_and_validate(headers=HOST, checks=CHECKS)

        try:
            keeps()
        except Unsatisfiable:
            # an operation that takes nothing cannot be given what does not fit
            assert mode == GenerationMode.NEGATIVE
