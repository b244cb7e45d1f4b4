from __future__ import annotations

import shutil
import tarfile

import pytest
from rich.console import Console

from hocvu.operations import training
from hocvu.operations.training import MODELS_KEPT, TrainingError, read_record, train, usable_model
from hocvu.settings import PROJECT_ROOT
from tests.unit.factories import make_settings, page_data, write_knowledge, write_page

INPUTS = [
    "config.yml",
    "bot/uv.lock",
    "bot/domain/domain.yml",
    "bot/domain/responses/topics.yml",
    "bot/rules/rules.yml",
    "bot/nlu/tokeniser.py",
    "bot/nlu/data/regional.yml",
    "nlu_data/help.yml",
    "knowledge/names/banks.yml",
]


class Trainer:
    """A project folder of its own, and a stand-in for `rasa train` that writes a small archive."""

    def __init__(self, root, settings):
        self.root = root
        self.settings = settings
        self.trained = []

    def rasa_train(self, settings, name, console):
        settings.models_dir.mkdir(parents=True, exist_ok=True)
        with tarfile.open(settings.models_dir / f"{name}.tar.gz", "w:gz") as archive:
            archive.add(self.root / "config.yml")
        self.trained.append(name)
        return 1.0

    def train_if_changed(self):
        return train(self.settings, only_if_changed=True, console=Console(quiet=True))

    def is_due(self):
        before = len(self.trained)
        self.train_if_changed()
        return len(self.trained) > before


@pytest.fixture
def trainer(tmp_path, monkeypatch):
    for name in INPUTS:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{name}\n", encoding="utf-8")
    write_knowledge(tmp_path / "knowledge", page_data("mot"))
    made = Trainer(tmp_path, make_settings(tmp_path))
    monkeypatch.setattr(training, "PROJECT_ROOT", tmp_path)
    monkeypatch.setattr(training, "BUILD", tmp_path / "build" / "nlu")
    monkeypatch.setattr(training, "_run_rasa_train", made.rasa_train)
    made.train_if_changed()
    return made


def test_the_first_model_is_trained_and_usable(trainer):
    assert len(trainer.trained) == 1
    assert usable_model(trainer.settings).name == f"{trainer.trained[0]}.tar.gz"


def test_the_record_names_the_live_model(trainer):
    record = read_record(trainer.settings)

    assert (record.file, record.seconds) == (f"{trainer.trained[0]}.tar.gz", 1.0)
    assert trainer.trained[0].endswith(record.fingerprint[:8])


def test_nothing_changed_needs_no_training(trainer):
    assert not trainer.is_due()


@pytest.mark.parametrize("name", INPUTS)
def test_an_edit_of_an_input_needs_training(trainer, name):
    with (trainer.root / name).open("a", encoding="utf-8") as file:
        file.write("# mới\n")

    assert trainer.is_due()


@pytest.mark.parametrize("name", ["nlu_data/moi.yml", "bot/nlu/moi.py", "bot/rules/them.yml", "knowledge/names/a.tsv"])
def test_a_new_input_needs_training(trainer, name):
    (trainer.root / name).write_text("moi\n", encoding="utf-8")

    assert trainer.is_due()


def test_a_removed_input_needs_training(trainer):
    (trainer.root / "nlu_data/help.yml").unlink()

    assert trainer.is_due()


def test_a_renamed_input_needs_training(trainer):
    (trainer.root / "nlu_data/help.yml").rename(trainer.root / "nlu_data/helps.yml")

    assert trainer.is_due()


@pytest.mark.parametrize("name", ["bot/nlu/__pycache__/tokeniser.cpython-311.pyc", "bot/turn_channel.py", "README.md"])
def test_other_files_need_no_training(trainer, name):
    path = trainer.root / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("x", encoding="utf-8")

    assert not trainer.is_due()


@pytest.mark.parametrize("change", [{"title": "Tên mới"}, {"questions": [f"hỏi {number}" for number in range(9)]}])
def test_what_a_page_is_found_by_needs_training(trainer, change):
    write_page(trainer.settings.knowledge_dir, page_data("mot", **change))

    assert trainer.is_due()


def test_a_new_page_needs_training(trainer):
    write_page(trainer.settings.knowledge_dir, page_data("hai", "answer"))

    assert trainer.is_due()


def test_a_removed_page_needs_training(trainer):
    shutil.rmtree(trainer.settings.knowledge_dir / "guides")

    assert trainer.is_due()


def test_an_edit_of_a_step_needs_no_training(trainer):
    steps = [{**step, "do": "[Bác] chạm nút."} for step in page_data()["steps"]]
    write_page(trainer.settings.knowledge_dir, page_data("mot", steps=steps, intro="Mới.", done="Mới."))

    assert not trainer.is_due()


def test_training_on_demand_needs_no_change(trainer):
    train(trainer.settings, only_if_changed=False, console=Console(quiet=True))

    assert len(trainer.trained) == 2


def test_only_the_newest_models_are_kept_and_the_live_one_among_them(trainer):
    for number in range(MODELS_KEPT + 2):
        (trainer.root / "config.yml").write_text(f"{number}", encoding="utf-8")
        trainer.train_if_changed()

    assert len(list(trainer.settings.models_dir.glob("*.tar.gz"))) == MODELS_KEPT
    assert usable_model(trainer.settings).name == f"{trainer.trained[-1]}.tar.gz"


def test_no_model_yet_is_named_with_its_fix(tmp_path):
    with pytest.raises(TrainingError, match=r"no model in .*models: run `make train`"):
        usable_model(make_settings(tmp_path))


def test_a_missing_model_is_named(trainer):
    usable_model(trainer.settings).unlink()

    with pytest.raises(TrainingError, match=rf"{trainer.trained[0]}\.tar\.gz is missing"):
        usable_model(trainer.settings)


@pytest.mark.parametrize("damage", [b"", b"\x1f\x8b broken"])
def test_a_damaged_model_is_named(trainer, damage):
    usable_model(trainer.settings).write_bytes(damage)

    with pytest.raises(TrainingError, match=rf"{trainer.trained[0]}\.tar\.gz is damaged"):
        usable_model(trainer.settings)


@pytest.mark.parametrize("text", ["", "{", "null", "[]", "{}", '{"file": "a"}'])
def test_an_unreadable_record_is_no_record(trainer, text):
    (trainer.settings.models_dir / "live.json").write_text(text, encoding="utf-8")

    assert read_record(trainer.settings) is None


def test_an_unreadable_record_leads_to_a_new_model(trainer):
    (trainer.settings.models_dir / "live.json").write_text("{", encoding="utf-8")

    assert trainer.is_due()


def test_every_real_input_file_is_of_a_kind_that_is_looked_at():
    names = [path for name in training._INPUTS for path in [PROJECT_ROOT / name, *(PROJECT_ROOT / name).rglob("*")]]

    kinds = {path.suffix for path in names if path.is_file() and path.suffix != ".pyc"}

    assert kinds <= training._SUFFIXES


def test_every_real_input_exists():
    assert [name for name in training._INPUTS if not (PROJECT_ROOT / name).exists()] == []
