"""What kind of page it is, by its words: some that must be known, and some that only use the same words."""

from __future__ import annotations

import pytest

from gum_app.rules.page_kinds import page_kind, weights
from tests.builders import some_lines

BANK = """
Lindbank
Accounts
Transfers
Cards
Log out
Current account
DE89 3704 0044 0532 0130 00
€ 1,204.33
Confirm transfer
To
Hausverwaltung Nord
Amount
€ 980.00
"""
BANK_GERMAN = """
Konten
Karten
Abmelden
Girokonto
DE89 3704 0044 0532 0130 00
Kontostand
Neue Überweisung
Daueraufträge
Karte sperren
"""
PORTAL = """
St Anne — patient portal
Reports
Log out
X-ray right hand
Referred by Dr B. Lind
Findings
No fracture.
Next appointment
"""
FORM = """
Payment
Card number
4242 42
Expiry
Security code
Name on card
Pay €12.00
"""
PASSWORDS = """
Vault — Bitwarden
All items
Username
teo
Password
••••••
Copy password
Notes
"""
PAY = """
Payslip
March 2026
Employee
BSN
111222333
Gross salary
€ 3,000.00
Wage tax
Net pay
"""
CONTRACT = """
CONTRACT OF EMPLOYMENT
between X Ltd (“the employer”) and Y (“the employee”)
Date of birth: 1 May 2001
Gross salary €29,000.00 per year
"""
MEDIATION = """
Family Mediation
How it works
Mediation is confidential.
Request for a first talk
Your situation in a few words
I want to separate after Easter.
"""


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        (BANK, "web banking"),
        (BANK_GERMAN, "web banking"),
        (PORTAL, "health record"),
        (FORM, "payment form"),
        (PASSWORDS, "password manager"),
        (PAY, "pay or employment record"),
        (CONTRACT, "pay or employment record"),
        (MEDIATION, "counselling"),
    ],
)
def test_pages_that_must_not_be_kept(words: str, kind: str) -> None:
    assert page_kind(some_lines(words.strip())) == kind


BOOKKEEPING = """
Quay Street Coffee – Bank rec
Bank statement balance 18,406.22
Ledger balance 18,219.82
Difference 186.40
Payments
Statements
-93.20
-93.20
+412.00
Log out
"""
MAIL = """
Inbox
Your report is ready in the patient portal
Payslip for March is available
Your bank statement for September
Harbour Bank: new terms for your current account
"""
SHOP = """
Basket
We accept card, PayPal and invoice.
You need your card number, the expiry date and the security code.
Checkout
"""
WIKI = """
Expenses: name on card, card number and expiry are never sent by e-mail
Salaries are paid on the 25th, gross salary minus wage tax
Ask for the payslip in People
"""
NEWS = """
Mental health in the workplace
Anxiety disorder and depression are rising, says a psychiatrist
Healthy eating helps
"""
CODE = """
type Patient struct
    Diagnosis string
    Prescription string
func (b *Bank) Transfer(from, to Account) error
// TestTransfers checks payments and statements
"""
LOGIN = """
Agent log-in
Username
Password
Log in
Lost password?
"""


@pytest.mark.parametrize("words", [BOOKKEEPING, MAIL, SHOP, WIKI, NEWS, CODE, LOGIN, ""])
def test_pages_that_use_the_same_words_are_kept(words: str) -> None:
    assert page_kind(some_lines(words.strip())) is None


def test_the_title_is_evidence_too() -> None:
    lines = some_lines("MRI of the left knee\nFindings\nReferred by Dr C. Moran")
    assert page_kind(lines) is None
    assert page_kind(lines, "Medical records") == "health record"


def test_whoever_tunes_it_sees_the_weights() -> None:
    found = weights(some_lines(BANK.strip()))
    assert found["web banking"] >= 1
    assert found["counselling"] == 0


@pytest.mark.parametrize(
    "banner",
    [
        "You are sharing your screen with Ada",
        "meet.example.org is sharing your screen.",
        "You're presenting to everyone",
    ],
)
def test_a_banner_tells_that_the_screen_is_shared(banner: str) -> None:
    assert page_kind(some_lines(banner)) == "screen shared"


def test_the_shared_screen_of_another_is_no_such_thing() -> None:
    assert page_kind(some_lines("Ada is sharing her screen\nAda is presenting")) is None
