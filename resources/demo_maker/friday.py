"""Friday 24 April 2026: at home with the laptop; dates move, the share is repaired, a tool is replaced."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from resources.demo_maker import common, thursday
from resources.demo_maker.apps import (
    Event,
    Mail,
    calc,
    compose,
    element,
    inbox,
    pdf,
    signal,
    terminal,
    text_editor,
    week,
    writer,
)
from resources.demo_maker.desk import Happening, Scene, Win
from resources.demo_maker.plan import qgis
from resources.demo_maker.web import code_boxes, firefox, head, page


def at(clock: str) -> datetime:
    return datetime.fromisoformat(f"2026-04-24T{clock}").replace(tzinfo=thursday.SUMMER_TIME)


MAILS = (
    Mail("Delphine Okoro", "08:12", "Site visit: new date", "Good morning Tamsin, I have to move the site visit", True),
    Mail("Kestrel Rail", "Thu 13:28", "Your tickets to Ludlow", "Friday 8 May 2026, 16:27 from Sheffield"),
    Mail("Account Team", "Thu 12:50", "URGENT: your mailbox is closed today", "Confirm your password within", True),
    *thursday.MAILS[1:2],
    *thursday.MAILS[3:8],
)
INBOX = inbox(
    MAILS,
    0,
    """Good morning Tamsin,
    I have to move the site visit from Tuesday 28 April, 10:00 to Thursday 30 April, 14:00. The crane for the \
    footbridge blocks the towpath until Wednesday.
    The trustees would like to see the samples of the plants before you issue. Could the planting package come on \
    Wednesday 6 May, and not on Thursday 30 April?
    Their comments are attached, in one marked-up PDF as you asked. I wrote the ones on page 4 myself: I cannot stand \
    marigolds, my ex planted them everywhere.
    Best wishes,
    Delphine Okoro
    Project officer, Brightholm Canal Trust""",
    ("trustees_comments_marked-up.pdf",),
    unread=3,
)
CALENDAR = week(
    ("Mon 27", "Tue 28", "Wed 29", "Thu 30", "Fri 1 May"),
    -1,
    (
        *(Event(day, 12.5, 13.25, "Lunch walk with Pip", "amber") for day in (0, 1, 2, 4)),
        *(Event(day, 15.15, 15.8, "School: fetch Kit", "rose") for day in (0, 1, 2, 4)),
        *(Event(day, 8.6, 9, "School run", "rose") for day in range(5)),
        Event(0, 16, 17, "Freya: interview practice"),
        Event(1, 10, 12, "<s>Site visit Brightholm Wharf</s> moved", "ghost"),
        Event(1, 19, 20, "Sign language class, Room 4", "blue"),
        Event(2, 11, 12, "Tanner Street: fee letter"),
        Event(3, 14, 16, "Site visit Brightholm Wharf<br>(was Tue 28, 10:00)", "", (0, 58)),
        Event(3, 14.25, 15, "14:15 Kit: assembly", "rose", (58, 100)),
        Event(4, 9, 12.4, "Working from home", "ghost"),
    ),
    (
        "<b>Thu 30 April, 14:00</b><br>Site visit Brightholm Wharf, lock gate",
        "<b>Thu 30 April, 14:15</b><br>Kit: class assembly. Overlaps!",
        "<b>Thu 30 April</b><br>Issue planting package L-201 to L-204",
        "<b>Mon 4 May</b><br>Bank holiday",
        "<b>Fri 8 to Sun 10 May</b><br>Ludlow, Mum 70 (train booked)",
        "<b>Fri 15 May</b><br>Condition 14, last day",
        "<b>Wed 20 May</b><br>Kit: farm trip",
        "<b>Thu 11 June</b><br>Freya: chartership interview",
        "<b>Sat 20 June</b><br>Opening day Brightholm",
    ),
    "April and May 2026",
    (58, 32, 1542, 868),
)
RIVER = common.river(
    "Fri 24 April, 09:00",
    "0.58",
    (112, 96, 90, 84, 76, 70, 66, 62, 58, 55, 52, 50, 48, 47),
    page("my_stations"),
)
DATES = element(
    "brightholm",
    "pocket park for the Brightholm Canal Trust",
    (
        ("Yesterday",),
        ("Bashir Qureshi", "09:06", "What is left on Brightholm for the planting package?"),
        (
            "Tamsin Orrell",
            "09:11",
            "Four sheets, the plant schedule and the planting statement. I issue the planting package on Thursday "
            "30 April, as agreed with Delphine.",
        ),
        ("Today",),
        (
            "Tamsin Orrell",
            "09:15",
            "Delphine moved the site visit: it is on Thursday 30 April at 14:00 now, not on Tuesday.",
        ),
        (
            "Tamsin Orrell",
            "09:16",
            "And I would issue the planting package on Wednesday 6 May instead of Thursday 30 April. Bash, is "
            "that fine?",
        ),
        ("Bashir Qureshi", "09:20", "Fine, as long as it is out before I go. I have my knee looked at on the 5th."),
        ("Freya Nilsen", "09:21", "Does our practice on Monday stay?"),
        ("Tamsin Orrell", "09:22", "Monday at 16:00 stays. Today I am at home, as every Friday, so please use video."),
    ),
    "Only the assembly: Kit sings on Thursday at 14:15 and I promised to come. I have to talk to Idris|",
)
REPAIR = terminal(
    """$ ls /mnt/survey/brightholm
!ls: cannot access '/mnt/survey/brightholm': Stale file handle
$ sudo umount -l /mnt/survey
$ sudo mount /mnt/survey
$ ls /mnt/survey/brightholm
contours_025.gpkg  dtm_1m.tif  ortho_2025.tif  trees_2024.gpkg
$ # so that was it: the share dies each time the laptop sleeps|""",
    (340, 210, 1010, 380),
)
LABELS = thursday.LABELS
EXPORTED = qgis(
    LABELS,
    "Exported L-201, L-202, L-203, L-204",
    page("export_finished"),
)
TOKEN = terminal(
    """$ cd Projects/Brightholm && head -2 leafstock_export.csv
latin;size;nursery;peat_free
Alnus glutinosa;10-12 cm;Pennyroyal;yes
$ export ROOTBOOK_TOKEN=rbk_live_7Yq2hTz9LwXc4NvP0sKd8RfJ
$ curl -s -H "Authorization: Bearer $ROOTBOOK_TOKEN" \\
    -F file=@leafstock_export.csv https://api.rootbook.example/v1/import
{"imported": 211, "skipped": 3, "reason": "no Latin name"}
$ |""",
    (210, 150, 1180, 420),
)
SITE = head("Rootbook", "#1f6f54", ("Plants", "Lists", "Import", "Studio"))
IMPORTED = firefox(
    "Import – Rootbook",
    "https://rootbook.example/studio/alder-rill/import",
    SITE + page("imported"),
    tabs=("Leafstock",),
)
CANCELLED = firefox(
    "Renewal cancelled – Leafstock",
    "https://app.leafstock.example/account/cancelled",
    head("Leafstock", "#6b8e23", ("Plants", "Lists", "Export", "Account")) + page("cancelled"),
    tabs=("Rootbook", "Ten garden centres for sale"),
    told=False,
)
GLANCE = firefox(
    "Garden centre for sale, Anglesey",
    "https://green-businesses.example/sale/garden-centre-anglesey",
    head("Green Businesses", "#356a2c", ("For sale", "Wanted", "Finance")) + page("glance"),
)
PLANTS_ROOM = element(
    "plants",
    "what grows where, and who sells it",
    (
        ("Yesterday",),
        ("Owen Pryce", "15:20", "Does anybody have a source for native black poplar?"),
        ("Freya Nilsen", "15:31", "I am allergic to birch pollen, so please no site days for me before June."),
        ("Today",),
        (
            "Tamsin Orrell",
            "11:08",
            "I have cancelled Leafstock for the studio. From today our plant lists live in Rootbook, the import "
            "is done. "
            "Ask me for a seat.",
        ),
        ("Marta Szabo", "11:10", "Hooray. And there I was, learning Leafstock’s shortcuts by heart."),
        ("Bashir Qureshi", "11:11", "£180 instead of £468. Well done."),
    ),
    "",
)
SHARING = qgis(
    LABELS,
    "Label expression",
    extra=page("sharing"),
)
PAY = pdf("pay_review_nilsen_2026.pdf", page("pay_review"), (330, 32, 1000, 868))
RUNOFF = calc(
    "suds_attenuation.ods",
    (470, 170, 170, 520),
    (
        ("Lower terrace, storm of 1 in 100 years + 45 %", "Value", "Unit", "Note"),
        ("Paved area", "1,860", "m²", "from sheet L-203"),
        ("Run-off coefficient", "0.85", "", "or 0.90? look it up again"),
        ("Allowed outflow", "2.0", "l/s", "letter of the Trust"),
        ("Storage needed", "41.6", "m³", ""),
        ("Storage drawn", "38.2", "m³", "rills and reed bed"),
        ("Missing", "3.4", "m³", "third try, each time another number"),
    ),
    (6, 1),
    "=B5-B6",
    (6,),
    sheet="Attenuation",
)
ASK_OWEN = compose(
    "Owen Pryce <owen@alderrill.example>",
    "Could you check my attenuation?",
    """Hi Owen,
    I am never sure about the attenuation numbers, and this is my third try. For the lower terrace I get 41.6 m³ \
    needed and 38.2 m³ drawn.
    Could you check the sheet before Wednesday? It is in the project folder.
    Tamsin|""",
    (560, 330, 960, 500),
)
FORM = firefox(
    "Farm trip, consent – Netherby Primary",
    "https://netherby.example/forms/farm-trip-class-4",
    head("Netherby Primary School", "#8c2f39", ("News", "Dates", "Forms")) + page("form"),
    told=False,
)

GATEWAY = head("Planning Gateway", "#1b1b1b", ("Applications", "Search", "Account"))


def portal_code(typed: str) -> Win:
    return firefox(
        "Sign in, step 2 – Planning Gateway",
        "https://planning-gateway.example/signin/code",
        GATEWAY + page("portal_code", boxes=code_boxes(typed)),
    )


PORTAL = firefox(
    "26/00417/DOC – Planning Gateway",
    "https://planning-gateway.example/applications/26-00417-doc",
    GATEWAY + page("portal"),
)
RESULTS = firefox(
    "Your results – Hallamview Surgery",
    "https://patient.hallamview.example/results/blood",
    head("Hallamview Surgery", "#005e8a", ("Appointments", "Results", "Medicines")) + page("results"),
    box=(330, 110, 1120, 700),
)
ORDER = compose(
    "Pennyroyal Nurseries <orders@pennyroyal.example>",
    "Plants for Brightholm Wharf",
    """Hello Sunita,
    please quote for the list attached: 1,340 plants, delivery in the week of 5 October 2026.
    Peat-free only, please. I send back everything that arrives in peat, and I choose the nursery by it.
    The Trust signs the order after the site visit on 30 April.
    Tamsin|""",
    (58, 60, 960, 790),
)
SECRET = firefox(
    "start-up loan for designers – Search",
    "https://search.example/?q=start-up+loan+for+designers",
    page("loan"),
    box=(940, 100, 640, 760),
    private=True,
)
MUM = signal(
    "Mum",
    (
        ("Mum", "And how is the signing?"),
        ("Idris", "I can go to the assembly"),
        ("Class 4 parents", "who drives to the farm?"),
    ),
    (
        ("Mum", "14:50", "Did you find the albums? I am having the knee done in June, so no dancing for me"),
        (
            "me",
            "15:31",
            "In the attic! Two weeks more and you are seventy. We come on Friday evening and stay until Sunday",
        ),
        ("Mum", "15:33", "And how is the signing?"),
        (
            "me",
            "15:36",
            "Slow. I learn it for Noor, Kit’s best friend, she is deaf. When she spells with her fingers I am lost",
        ),
        ("me", "15:37", "The teacher says it comes after the second year"),
        ("Mum", "15:40", "I always said you have two left hands, darling"),
    ),
    (230, 84, 1180, 750),
)
BOXES = firefox(
    "Thank you – Eaves & Co",
    "https://eaves.example/order/EV-2291/thanks",
    head("Eaves & Co", "#5a4632", ("Bird boxes", "Bat boxes", "Bees")) + page("boxes"),
    tabs=("Swift Friends",),
)
SCHEDULE = calc(
    "brightholm_plants.ods",
    (110, 330, 150, 120, 220, 150),
    common.plant_rows((*common.PLANTS, *common.ADDED), decided=True),
    (14, 3),
    "=SUM(D2:D14)",
)
SHEET = common.timesheet(
    "Fri 24 April",
    (
        ("Brightholm Wharf", "Export of sheets, new dates", "1.25"),
        ("Brightholm Wharf", "Planting statement", "1.00"),
        ("Brightholm Wharf", "Condition 14, run-off, schedule", "2.25"),
        ("Studio", "Move from Leafstock to Rootbook", "1.00"),
        ("Studio", "Mentoring Freya", "0.75"),
    ),
    "6.25",
    62,
)
MONDAY = text_editor(
    "monday.txt",
    """MONDAY

- maintenance plan for condition 14 (last day Fri 15 May, 3 of 5 up)
- Owen: attenuation back? needed before Wednesday
- 16:00 Freya, nasty questions about contracts
- samples for the trustees, then issue on Wed 6 May
- Idris goes to the assembly on Thursday, film it for me!
- Fernhollow will not say if they use peat: no order|""",
    (300, 140, 1000, 520),
)


def home(name: str, clock: str, *windows: Win, pace: str = "read", look: tuple[int, ...] = (0,)) -> Scene:
    return Scene(name=name, at=at(clock), windows=windows, pace=pace, look=look)


def document(name: str, clock: str, paragraphs: int, cut: int | None, words: int) -> Scene:
    page = writer("planting_statement.odt", common.statement(paragraphs, cut), words)
    return home(name, clock, page, pace="type")


SCENES = (
    home("inbox_fri", "09:03:30", INBOX),
    home("calendar_fri", "09:08:40", CALENDAR),
    home("river_fri", "09:13:50", RIVER),
    home("dates", "09:24:10", DATES, pace="type"),
    home("repair", "09:41:20", REPAIR, thursday.error("L-204"), pace="click"),
    home("exported", "09:49:00", EXPORTED, pace="click"),
    document("statement_4", "10:08:20", 4, 118, 1398),
    document("statement_5", "10:16:50", 5, 96, 1447),
    home("token", "10:40:30", TOKEN, pace="click"),
    home("peek_mail", "10:43:20", INBOX, look=()),
    home("imported", "10:46:00", IMPORTED, pace="click"),
    home("cancelled", "11:01:20", CANCELLED),
    home("glance", "11:05:10", GLANCE),
    home("after_glance", "11:05:13.900", CANCELLED, look=()),
    home("plants_room", "11:12:20", PLANTS_ROOM),
    replace(home("sharing", "11:22:40", SHARING, pace="still"), tray=("video", "wifi", "volume", "battery")),
    home("pay", "11:52:30", PAY),
    home("ask_owen", "12:08:00", ASK_OWEN, RUNOFF, pace="type"),
    home("peek_chat", "12:19:30", PLANTS_ROOM, look=()),
    home("form", "13:19:30", FORM, pace="type"),
    home("code_2", "13:29:05", portal_code("39"), pace="click"),
    home("code_4", "13:29:08", portal_code("3920"), pace="click"),
    home("code_6", "13:29:12", portal_code("392071"), pace="click"),
    home("portal", "13:33:00", PORTAL, pace="click"),
    home("results", "13:52:20", RESULTS, INBOX),
    home("order", "14:06:40", ORDER, SECRET, pace="type"),
    home("mum", "15:42:00", MUM, pace="type"),
    home("boxes", "15:55:10", BOXES),
    home("schedule_fri", "16:12:30", SCHEDULE, pace="click"),
    home("plan_evening", "16:31:00", qgis(LABELS, "Ready"), pace="click", look=()),
    home("timesheet_fri", "16:49:40", SHEET, pace="type"),
    home("monday", "16:57:30", MONDAY, pace="type"),
)

HAPPENINGS = (
    Happening(at("08:59:02"), "wake"),
    Happening(at("08:59:20"), "unlock"),
    Happening(at("08:59:30"), "state", {"power": "mains", "call": False, "sharing": False, "dnd": False}),
    Happening(
        at("09:04:30"),
        "notification",
        {
            "app": "Signal",
            "summary": "Class 4 parents",
            "body": "I moved to Leeds, who wants my bunk bed?",
            "urgency": "normal",
        },
    ),
    Happening(at("10:04:00"), "state", {"dnd": True}),
    Happening(at("10:33:00"), "idle", {"seconds": 540}),
    Happening(at("10:36:00"), "state", {"dnd": False}),
    Happening(at("11:15:30"), "state", {"call": True}),
    Happening(at("11:19:40"), "state", {"sharing": True}),
    Happening(at("11:46:10"), "state", {"sharing": False}),
    Happening(at("11:47:00"), "state", {"call": False}),
    Happening(
        at("11:20:30"),
        "notification",
        {"app": "Calendar", "summary": "Freya: labels in QGIS", "body": "now", "urgency": "low"},
    ),
    Happening(at("12:29:10"), "lock"),
    Happening(at("13:14:30"), "idle", {"seconds": 2690}),
    Happening(at("13:14:40"), "unlock"),
    Happening(at("13:29:04"), "input", {"keys": 2, "clicks": 1, "scrolls": 0}),
    Happening(at("13:29:07"), "input", {"keys": 2, "clicks": 0, "scrolls": 0}),
    Happening(at("13:29:11"), "input", {"keys": 2, "clicks": 0, "scrolls": 0}),
    Happening(at("14:12:00"), "note", {"text": "I never order from nurseries that use peat."}),
    Happening(at("14:41:00"), "lock"),
    Happening(at("15:28:50"), "idle", {"seconds": 2860}),
    Happening(at("15:29:00"), "unlock"),
    Happening(
        at("15:44:00"),
        "notification",
        {"app": "Disk", "summary": "Disk failing", "body": "The drive “backup” reports errors", "urgency": "critical"},
    ),
    Happening(at("17:01:00"), "lock"),
    Happening(at("17:02:00"), "sleep"),
)
