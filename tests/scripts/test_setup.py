"""Set-up does each step once for its input, and again when the input or the result is gone."""

from pathlib import Path

import pytest

from scripts import setup


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(setup, "ROOT", tmp_path)
    (tmp_path / "input").write_text("one")
    return tmp_path


def test_a_step_is_done_once_until_its_input_or_result_changes(root: Path) -> None:
    done: list[str] = []
    result, stamp = root / "result", root / "stamps" / "step"

    def work() -> None:
        done.append("again")
        result.touch()

    def once() -> int:
        setup.step("a step", stamp, setup.digest([root / "input"]), result.exists(), work)
        return len(done)

    assert [once(), once()] == [1, 1]
    (root / "input").write_text("two")
    assert [once(), once()] == [2, 2]
    result.unlink()
    assert [once(), once()] == [3, 3]


def test_a_step_that_fails_is_tried_again(root: Path) -> None:
    stamp = root / "stamp"
    stamp.write_text("same")
    with pytest.raises(RuntimeError):
        setup.step("a step", stamp, "same", False, lambda: (_ for _ in ()).throw(RuntimeError("broken")))
    assert not stamp.exists()


def test_a_digest_sees_names_and_bytes_of_a_whole_folder(root: Path) -> None:
    (root / "folder").mkdir()
    (root / "folder" / "a").write_text("x")
    first = setup.digest([root / "folder"])
    (root / "folder" / "a").rename(root / "folder" / "b")
    assert setup.digest([root / "folder"]) != first


def test_the_installer_itself_is_pinned_with_hashes() -> None:
    lines = setup.uv_lines()
    assert lines.startswith("uv==")
    assert lines.count("--hash=sha256:") > 1
    assert lines.count("==") == 1


def test_lock_files_name_no_host() -> None:
    root = Path(setup.__file__).resolve().parent.parent
    for name in ("requirements/base.txt", "requirements/dev.txt", "package-lock.json"):
        text = (root / name).read_text()
        assert "--index-url" not in text
        assert '"resolved"' not in text
        assert "@ http" not in text


@pytest.mark.parametrize("purpose", setup.PURPOSES)
def test_each_purpose_can_name_what_it_needs_from_the_system(purpose: str) -> None:
    needs = [need for need in setup.NEEDS if purpose in need.purposes]
    assert needs
    assert all(need.packages and need.lost for need in needs)
