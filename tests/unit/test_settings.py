"""Settings from defaults, the config file and the environment."""

from __future__ import annotations

from pathlib import Path

import pytest

from caselore.settings import Settings, WrongSettings, load_settings


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


def load(config: Path, text: str, **environment: str) -> Settings:
    config.write_text(text, encoding="utf-8")
    return load_settings({"CASELORE_CONFIG": str(config), **environment})


def test_environment_goes_before_the_file(config: Path) -> None:
    text = 'email = "file@example.org"\ntries = 2\n[addresses]\npmc = "http://file"\narticles = "http://file"\n'
    settings = load(config, text, CASELORE_EMAIL="env@example.org", CASELORE_ADDRESS_PMC="http://env")
    assert (settings.email, settings.tries) == ("env@example.org", 2)
    assert settings.addresses == {"pmc": "http://env", "articles": "http://file"}


def test_numbers_and_paths_of_the_environment(config: Path) -> None:
    settings = load(config, "", CASELORE_TIMEOUT="2.5", CASELORE_CACHE="~/articles")
    assert settings.timeout == 2.5
    assert settings.cache == Path.home() / "articles"


@pytest.mark.parametrize(
    "text",
    [
        "emial = 'a@example.org'",
        "tries = 0",
        "tries = 'many'",
        "addresses = 3",
        "[addresses]\npmc = 'elsewhere'",
        "cache = 3",
        "email =",
    ],
)
def test_what_cannot_be_used_is_said(config: Path, text: str) -> None:
    with pytest.raises(WrongSettings):
        load(config, text)


def test_config_that_is_named_must_exist(tmp_path: Path) -> None:
    with pytest.raises(WrongSettings, match=r"nowhere\.toml"):
        load_settings({"CASELORE_CONFIG": str(tmp_path / "nowhere.toml")})
