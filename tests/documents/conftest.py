"""Sending files and letting the worker read them."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from meeting import jobs
from meeting.documents.models import File, Page


@pytest.fixture
def send(app: Flask, council: Any) -> Callable[..., tuple[int, Any]]:
    """Uploads bytes as somebody over the API; returns status and answer."""

    def upload(username: str, content: bytes, name: str = "paper.pdf") -> tuple[int, Any]:
        heard = app.test_client().post(
            "/api/v1/files",
            data={"file": (io.BytesIO(content), name)},
            headers={"Authorization": f"Bearer token-{username}"},
        )
        heard.request.input_stream.close()
        return heard.status_code, heard.get_json(force=True)

    return upload


@pytest.fixture
def read_all() -> Callable[[], int]:
    """Lets the worker do what waits."""
    return jobs.run_waiting


@pytest.fixture
def sent(send: Callable[..., tuple[int, Any]], read_all: Callable[[], int]) -> Callable[..., int]:
    """Uploads bytes and has them read; returns the file's id."""

    def upload(username: str, content: bytes, name: str = "paper.pdf") -> int:
        status, answer = send(username, content, name)
        assert status == 200, answer
        read_all()
        return int(answer["file_id"])

    return upload


def file_of(council: Any, file_id: int) -> File:
    """The file as it is now."""
    found: File = council.one(select(File).where(File.id == file_id))
    return found


def pages_of(council: Any, file_id: int) -> list[Page]:
    """Its pages in order."""
    found: list[Page] = council.all(select(Page).where(Page.file_id == file_id).order_by(Page.number))
    return found


def stored_bytes(store: Path) -> list[Path]:
    """All files that lie in the store, page images too."""
    folders = (store / "storage" / "files", store / "storage" / "pages", store / "storage" / "incoming")
    return [path for folder in folders for path in folder.rglob("*") if path.is_file()]
