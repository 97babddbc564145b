"""Templates of results: each file is sound, has a layout, and is found by the day in force."""

from datetime import date
from pathlib import Path

import pytest

from motcua.catalogue import queries as catalogue
from motcua.catalogue.adapters.results import result_templates
from motcua.catalogue.errors import ResultTemplateUnknown
from motcua.catalogue.rules.forms.soundness import form_faults
from motcua.catalogue.rules.results import ResultTemplate, assembled, presented

LAYOUTS = Path(catalogue.__file__).parents[2] / "dossiers" / "templates" / "dossiers" / "results"
ON = date(2026, 11, 30)
TEMPLATES = result_templates()


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda one: one.name)
def test_every_template_is_sound(template: ResultTemplate) -> None:
    assert list(form_faults(template.form.schema, template.form.ui)) == []
    assert (LAYOUTS / f"{template.layout}.html").exists()
    assert "{number}" in template.symbol
    assert template.title_en
    assert template.source
    for section, field in template.fields():
        assert section.title_en, section.title
        assert field.label_en, field.label
        assert field.at or field.source in ("officer", "register"), field.path


def test_one_version_of_a_template_is_in_force_on_a_day() -> None:
    for template in TEMPLATES:
        others = [one for one in TEMPLATES if one.key == template.key and one.name != template.name]
        assert not any(one.holds_on(template.effective_from) for one in others), template.name


def test_a_template_is_found_by_kind_and_day() -> None:
    assert catalogue.result_template("KQ.G15.000031", ON).key == "birth-certificate"
    assert catalogue.result_template("KQ.G99.000000", ON).key == catalogue.GENERIC
    assert catalogue.template_named("birth-certificate@2020-07-16").title == "Giấy khai sinh"
    with pytest.raises(ResultTemplateUnknown):
        catalogue.template_in_force("birth-certificate", date(1999, 1, 1))
    with pytest.raises(ResultTemplateUnknown):
        catalogue.template_named("birth-certificate@1999-01-01")


def test_content_comes_from_its_sources_and_ticks_are_no_text() -> None:
    template = catalogue.template_in_force("birth-certificate", ON)
    application = {
        "child": {"full_name": "Trần Gia Bảo", "sex": "male", "birth_on": "2026-11-02"},
        "mother": {"full_name": True},
        "requester": {"phone": "0912345678", "personal_number": "040195000123"},
        "promise": True,
    }
    content = assembled(
        template, application, None, {"agency": "Ủy ban nhân dân xã An Bình", "today": ON.isoformat()}
    )
    assert content == {
        "child": {"full_name": "Trần Gia Bảo", "sex": "male", "birth_on": "2026-11-02"},
        "requester": {"identity": "040195000123"},
        "registered": {"at": "Ủy ban nhân dân xã An Bình", "on": "2026-11-30"},
    }


def test_codes_are_said_in_words_in_the_language_of_the_document() -> None:
    template = catalogue.template_in_force("birth-certificate", ON)
    content = {"child": {"sex": "female", "birth_on": "2026-11-02"}}
    assert presented(template, content)["child"]["sex"] == "Nữ"
    assert presented(template, content, "en")["child"]["sex"] == "Female"
    assert presented(template, content)["child"]["birth_on"] == "02/11/2026"
    assert presented(template, content)["child"]["personal_number"] == "Chưa được cấp"


def test_what_was_not_compared_with_the_official_text_is_listed() -> None:
    listed = {one.name: one for one in catalogue.unverified_templates()}
    assert "Nơi sinh" in listed["birth-certificate@2020-07-16"].fields
