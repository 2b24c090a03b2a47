"""What goes wrong in the reference code (GeneralUserModels/gum at 3317d94), and the tests that show the opposite.

The faults were read in its code, or seen when it ran. This file tests nothing of the app itself: it holds that for each
fault that could exist here there is a test, and says which.
"""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

TESTS = Path(__file__).parent

OPPOSED: dict[str, tuple[str, ...]] = {
    # Correctness and loss
    "decay runs backwards: what lasts longest fades first": (
        "rules/test_freshness.py::test_what_lasts_longer_is_fresher_at_the_same_age",
        "rules/test_freshness.py::test_after_one_half_life_half_is_left",
    ),
    "two observers swallow each other's events": (
        "daemon/test_recorder.py::test_of_several_sources_side_by_side_nothing_is_lost",
    ),
    "one malformed answer is asked for again at once, for ever, with new rows each time": (
        "daemon/test_interpreter.py::test_what_cannot_be_concluded_from_is_set_aside_and_counted",
        "daemon/test_thinker.py::test_three_failed_thoughts_set_an_episode_aside_and_the_others_go_on",
        "daemon/test_mind.py::test_after_three_failures_in_a_row_it_rests_longer_each_time",
    ),
    "rolling back does nothing: a failed batch leaves rows behind": (
        "store/test_beliefs.py::test_conclusions_and_marks_are_one",
        "store/test_connect.py::test_a_transaction_is_all_or_nothing",
    ),
    "a crash loses the batch, or thinks it a second time": (
        "store/test_store.py::test_killing_the_writer_at_any_instant_loses_nothing_and_doubles_nothing",
        "stories/test_kills.py::test_a_replay_that_is_killed_again_and_again_ends_like_one_that_was_not",
    ),
    "slots of a prompt stay unfilled, and words of the screen are read as slots": (
        "pipeline/test_prompts.py::test_a_missing_or_unknown_value_is_our_own_fault",
        "pipeline/test_prompts.py::test_what_is_filled_in_is_never_read_again",
    ),
    "the same again makes a twin, and nobody gets surer": (
        "pipeline/test_revise.py::test_the_same_again_supports_and_makes_no_twin",
        "rules/test_revisions.py::test_support_adds_evidence_and_confidence_and_no_twin",
    ),
    "one word of the model melts all topics into one, and what it leaves out is deleted": (
        "pipeline/test_revise.py::test_finer_words_reword_and_keep_the_history",
        "store/test_beliefs.py::test_whatever_happens_the_table_is_the_fold",
        "daemon/test_any_life.py::test_no_evidence_is_lost_and_the_revisions_give_the_same_again",
    ),
    "drafts that the model forgets stay without evidence": (
        "pipeline/test_propose.py::test_each_statement_becomes_a_draft_with_evidence_or_is_refused",
    ),
    "revising sees neither how sure nor how old a belief is": (
        "pipeline/test_revise.py::test_older_and_weaker_evidence_does_not_overturn_what_was_seen_later",
        "pipeline/test_revise.py::test_what_is_certain_is_not_supported_twice_a_day",
    ),
    "an answer is stored whatever its numbers are": (
        "pipeline/test_answers.py::test_what_is_out_of_bounds_is_no_answer",
        "pipeline/test_answers.py::test_what_is_no_json_or_another_shape_is_no_answer",
    ),
    "when something was seen is dropped, and revising makes it young again": (
        "rules/test_revisions.py::test_the_first_supporting_evidence_dates_it_not_the_time_of_thinking",
        "pipeline/test_observe.py::test_pictures_are_dated_and_the_new_comes_last",
    ),
    "a query without useful words gives every row the same score": (
        "store/test_retrieving.py::test_a_question_without_a_telling_word_still_tells_apart",
        "store/test_retrieving.py::test_without_words_the_freshest_and_surest_come_first",
        "store/test_retrieving.py::test_signs_alone_find_nothing",
    ),
    "scores are relative to the best hit of the query, and how sure one is never ranks": (
        "store/test_retrieving.py::test_scores_compare_between_questions",
        "store/test_retrieving.py::test_age_and_doubt_weigh_mildly",
        "store/test_ranking.py::test_scores_lie_within_0_and_1",
    ),
    "stop words and the person's own name find everything; letters beyond ASCII find nothing": (
        "store/test_search.py::test_stop_words_tell_nothing",
        "store/test_search.py::test_the_persons_own_name_tells_nothing",
        "store/test_retrieving.py::test_other_scripts_are_found",
    ),
    "it searches by words only": ("store/test_retrieving.py::test_what_means_the_same_is_found_without_its_words",),
    "what came from its own words is taken as evidence": (
        "pipeline/test_revise.py::test_a_sentence_of_ours_that_was_seen_again_supports_nothing",
        "pipeline/test_echo.py::test_the_paragraph_of_ours_goes_and_the_rest_stays",
        "rules/test_echo.py::test_a_sentence_of_ours_is_one_in_a_list_an_answer_or_a_file",
    ),
    "a look that failed is kept as something seen": (
        "daemon/test_keeper.py::test_a_failure_is_never_data_and_the_picture_is_read_again",
        "daemon/test_desk.py::test_a_failure_is_no_reading_and_the_next_frame_is_read",
    ),
    "calendar entries that have become old are reported as deleted, and all get the local zone": (
        "daemon/test_importer.py::test_what_is_no_longer_in_the_file_or_in_the_span_is_not_taken_for_deleted",
        "world/test_import_calendar.py::test_each_entry_keeps_its_zone",
    ),
    "foreign keys are never switched on": ("store/test_connect.py::test_foreign_keys_hold",),
    # Looking
    "hours of typing give nothing, for only the mouse is listened to": (
        "daemon/test_recorder.py::test_the_first_pause_after_activity_and_a_longest_interval_make_it_look",
        "world/test_hands_x11.py::test_a_switch_of_windows_is_told_once_and_without_the_empty_moment_between",
    ),
    "movement that does not end gives nothing": (
        "daemon/test_recorder.py::test_the_first_pause_after_activity_and_a_longest_interval_make_it_look",
    ),
    "looking waits on thinking, and thoughts run side by side without a bound": (
        "daemon/test_desk.py::test_looking_never_waits_on_reading",
        "daemon/test_desk.py::test_a_full_desk_takes_no_more",
        "daemon/test_mind.py::test_what_the_person_asks_does_not_give_way_to_the_background",
    ),
    "one picture is sent twice": (
        "pipeline/test_observe.py::test_pictures_are_dated_and_the_new_comes_last",
        "daemon/test_interpreter.py::test_an_episode_is_looked_at_once_and_then_concluded_from",
    ),
    "an unchanged screen costs the full price": (
        "rules/test_sameness.py::test_nothing_changed_means_nothing_to_read",
        "daemon/test_recorder.py::test_nothing_new_on_the_screen_is_not_read",
    ),
    "all monitors are grabbed ten times a second, with nobody there and while guarded": (
        "daemon/test_recorder.py::test_nobody_looks_while_nobody_is_there",
        "daemon/test_recorder.py::test_a_hidden_window_is_not_even_looked_at_and_leaves_one_skip",
        "world/test_hands_x11.py::test_nothing_is_done_while_nothing_happens",
    ),
    "a grab that fails ends the watching without a word": (
        "daemon/test_daemon.py::test_a_display_that_comes_back_is_watched_again",
        "daemon/test_recorder.py::test_new_monitors_are_read_anew",
        "world/test_hands_x11.py::test_a_monitor_that_comes_and_goes_is_told_and_seen",
    ),
    "stopping throws away what was accepted": (
        "daemon/test_daemon.py::test_what_a_crash_left_open_is_closed_and_thought_about",
        "daemon/test_desk.py::test_closing_waits_for_the_frame_that_is_being_read_and_drops_the_others",
    ),
    "pictures are never deleted, and everything lies in the clear": (
        "store/test_retention.py::test_pictures_that_waited_two_hours_go_and_their_episode_goes_on_by_its_words",
        "store/test_connect.py::test_the_words_are_not_in_the_raw_files",
    ),
    "it starts on one system only, and not after a clean installation": (
        "world/test_platform.py::test_a_system_that_cannot_be_watched_yet_is_named",
        "packaging/test_packages.py::test_the_installed_wheel_starts_and_finds_what_it_shipped_with",
    ),
    # Privacy and control
    "the audit is never called": (
        "daemon/test_keeper.py::test_secrets_are_cut_out_of_what_is_kept",
        "stories/test_nothing_private.py::test_no_private_string_is_in_the_database",
    ),
    "every screenshot goes to a server unless one says otherwise": (
        "stories/test_no_network.py::test_a_replay_speaks_to_nobody",
        "stories/test_no_network.py::test_a_daemon_that_is_asked_everything_speaks_to_nobody",
    ),
    "nothing can be paused, corrected or deleted": (
        "daemon/test_recorder.py::test_a_pause_ends_what_was_going_on_and_the_end_of_the_pause_begins_it_anew",
        "rules/test_revisions.py::test_no_sequence_of_inferences_overrules_the_person",
        "daemon/test_any_life.py::test_the_persons_word_survives_all_that_is_inferred",
        "daemon/test_any_life.py::test_what_was_rejected_stays_away_in_other_words_too",
        "stories/test_nothing_private.py::test_what_is_forgotten_is_nowhere_any_more",
    ),
}


@pytest.mark.parametrize("fault", OPPOSED)
def test_for_each_fault_of_the_reference_there_is_a_test_of_the_opposite(fault: str) -> None:
    for named in OPPOSED[fault]:
        file, _, test = named.partition("::")
        assert test in _tests_of(file), f"{named} is gone: name the test that shows the opposite of “{fault}”"


@cache
def _tests_of(file: str) -> frozenset[str]:
    tree = ast.parse((TESTS / file).read_text(encoding="utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))
