from __future__ import annotations

from gum_app.pipeline.notice_work import notice_work
from gum_app.pipeline.scene import Scene
from gum_app.records import Observation, Sighting
from tests.screens import ANNA, rows, seen


def noticed(observation: Observation) -> dict[str, Sighting]:
    return {sighting.topic: sighting for sighting in notice_work(Scene(observation, ANNA))}


def test_an_editor_tells_program_language_and_project() -> None:
    found = noticed(seen(app="code", title="rebalance.go ● — parcel-router — Visual Studio Code"))
    assert set(found) == {"tool:visual-studio-code", "language:go", "project:parcel-router"}
    assert found["project:parcel-router"].seconds == 300.0


def test_a_document_is_one_whatever_program_writes_it() -> None:
    assert "document:report.docx" in noticed(seen(app="WINWORD.EXE", title="Report.docx - Word"))
    assert "document:thesis draft" in noticed(seen(app="chrome", title="Thesis draft - Google Docs - Google Chrome"))


def test_a_program_we_do_not_know_is_known_by_its_file() -> None:
    found = noticed(seen(app="org.qgis.qgis", title="harbour.qgz — QGIS"))
    assert {"tool:qgis", "document:harbour.qgz"} == set(found)


def test_a_prompt_that_came_twice_tells_the_folder_worked_in() -> None:
    prompts = rows("~/src/parcel-router main ❯ go test", "ok", "~/src/parcel-router main ❯ git push")
    assert "project:parcel-router" in noticed(seen(prompts, app="foot", title="tmux: main — zsh"))
    assert "project:parcel-router" not in noticed(seen(prompts[:1], app="foot", title="tmux: main — zsh"))


def test_a_ticket_is_one_only_where_issues_are_tracked() -> None:
    tracked = seen(rows("Assignee"), app="firefox", title="Histogram · ROUTE-431 — Mozilla Firefox")
    assert "ticket:route-431" in noticed(tracked)
    assert "ticket:bj-0412" not in noticed(seen(app="firefox", title="BJ-0412 | LedgerNest — Mozilla Firefox"))


def test_a_search_is_what_was_looked_up() -> None:
    found = noticed(seen(app="firefox", title="reverse charge VAT – quackle — Mozilla Firefox"))
    assert found["search:revers-charg-vat"].detail["name"] == "reverse charge VAT"


def test_names_in_titles_are_kept_to_meet_in_other_programs() -> None:
    mail = noticed(seen(app="thunderbird", title="Write: Corrib Timber statement – Thunderbird"))
    page = noticed(seen(app="firefox", title="Corrib Timber rec | LedgerNest — Mozilla Firefox"))
    assert "thread:corrib-timber" in mail.keys() & page.keys()


def test_hands_that_work_in_vim_show_in_the_mode_line() -> None:
    words = rows("-- INSERT -- ¦ main*", '"workbench.colorTheme": "Gruvbox Dark Hard",')
    found = noticed(seen(words, app="code", title="a.go — shop — Visual Studio Code"))
    assert found["preference:theme"].value == "Gruvbox Dark Hard"
    assert "preference:vim-keys" in found


def test_formulas_in_the_formula_bar_are_noticed() -> None:
    found = noticed(seen(rows('=COUNTIF(H5:H12;"x")'), app="libreoffice-calc", title="close.ods — LibreOffice Calc"))
    assert found["preference:formulas"].detail["names"] == "COUNTIF"


def test_errors_count_in_programs_and_notifications_but_not_in_talk() -> None:
    words = rows("Pipeline #8841 failed", "--- FAIL: TestRebalance (0.4s)")
    assert "error:testrebal" in noticed(seen(words, app="foot", title="tmux: main — go test"))
    assert "error:pipelin-fail" in noticed(seen(words, app="Forge", title="Forge", source="notification"))
    assert noticed(seen(words, app="Slack", title="ci-alerts (Channel) - Fernwick - Slack")).keys() == {"tool:slack"}
