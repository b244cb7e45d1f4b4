"""Saving and loading what a component learned, with one clear error for a damaged model."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path
from typing import Any

import joblib
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.exceptions import RasaException

STATE_FILE = "state.joblib"
DIGEST_FILE = "state.sha256"


class DamagedModel(RasaException):
    """The stored part of a component is missing or not what was written; train the model again."""


def save_state(state: Any, model_storage: ModelStorage, resource: Resource) -> None:
    """Writes `state` and its digest into the component's folder of the model."""
    buffer = io.BytesIO()
    joblib.dump(state, buffer, compress=3)
    with model_storage.write_to(resource) as folder:
        (Path(folder) / STATE_FILE).write_bytes(buffer.getvalue())
        (Path(folder) / DIGEST_FILE).write_text(hashlib.sha256(buffer.getvalue()).hexdigest(), encoding="ascii")


def load_state(model_storage: ModelStorage, resource: Resource) -> Any:
    """What `save_state` wrote. The digest is checked before anything is unpickled. Raises DamagedModel."""
    try:
        with model_storage.read_from(resource) as folder:
            content = (Path(folder) / STATE_FILE).read_bytes()
            digest = (Path(folder) / DIGEST_FILE).read_text(encoding="ascii")
    except (OSError, ValueError) as error:
        raise DamagedModel(f"The stored part of '{resource.name}' cannot be read: {error}") from error
    if hashlib.sha256(content).hexdigest() != digest.strip():
        raise DamagedModel(f"The stored part of '{resource.name}' does not match its digest; train the model again.")
    return joblib.load(io.BytesIO(content))
