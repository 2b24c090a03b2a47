"""Thursday 23 April 2026: in the studio with two monitors, from 15:50 on at home with the laptop alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone

from resources.demo_maker import common
from resources.demo_maker.apps import (
    Event,
    Mail,
    calc,
    call,
    compose,
    element,
    files,
    inbox,
    keepass,
    pdf,
    signal,
    terminal,
    text_editor,
    week,
    writer,
)
from resources.demo_maker.desk import LEFT_FULL, Bubble, Happening, Scene, Win
from resources.demo_maker.plan import failed_export, qgis
from resources.demo_maker.web import code_boxes, firefox, head, page

SUMMER_TIME = timezone(timedelta(hours=1))


def at(clock: str) -> datetime:
    return datetime.fromisoformat(f"2026-04-23T{clock}").replace(tzinfo=SUMMER_TIME)


MAILS = (
    Mail("Delphine Okoro", "Wed 17:48", "Site visit on Tuesday", "Hi Tamsin, the site visit stands for Tuesday"),
    Mail("Leafstock Billing", "Wed 16:02", "Your plan renews on 30 April", "Your new price: £468 a year", True),
    Mail("Parcel-Depot24", "Wed 15:20", "Tamsin, your espresso machine is held", "Pay a customs fee of £2.99", True),
    Mail("Netherby Primary School", "Wed 13:11", "Class 4: farm trip on 20 May", "Please fill in the form for Kit"),
    Mail(
        "Landscape Jobs Weekly", "Wed 08:00", "Head of Landscape, Dubai", "You told us that you want to relocate", True
    ),
    Mail("Freya Nilsen", "Tue 17:30", "pathway draft, second try", "I rewrote the part on contracts, could you"),
    Mail("Bashir Qureshi", "Tue 12:04", "Fee proposal Tanner Street", "Looks good to me, please send it"),
    Mail("Sheffield Swift Friends", "Mon 19:40", "They are back!", "The first swifts were seen over Crookes"),
    Mail("Glenys Orrell", "Sun 10:15", "saturday 9 may", "Darling, I have told the neighbours that you"),
)
INBOX = inbox(
    MAILS,
    0,
    """Hi Tamsin,
    the site visit stands for Tuesday 28 April at 10:00, we meet at the lock gate. Gavin brings the keys.
    The trustees are reading your drawings. They should have their comments ready by then.
    And the opening day is fixed: Saturday 20 June, with the mayor and the rowing club. Please plan for it.
    Best wishes,
    Delphine Okoro
    Project officer, Brightholm Canal Trust""",
    ("lock_gate_map.pdf", "neighbours_leaflet.pdf"),
)
CALENDAR = week(
    ("Mon 20", "Tue 21", "Wed 22", "Thu 23", "Fri 24", "Sat 25", "Sun 26"),
    3,
    (
        *(Event(day, 12.5, 13.25, "Lunch walk with Pip", "amber") for day in range(5)),
        *(Event(day, 15.15, 15.8, "School: fetch Kit", "rose") for day in range(5)),
        *(Event(day, 8.6, 9, "School run", "rose") for day in range(5)),
        Event(0, 16, 17, "Freya: interview practice"),
        Event(1, 10, 11.5, "Design review"),
        Event(1, 19, 20, "Sign language class, Room 4", "blue"),
        Event(2, 9.5, 10.5, "Fee meeting, Bash"),
        Event(3, 11, 11.6, "Call: Delphine, trustees’ notes"),
        Event(4, 9, 12.4, "Working from home", "ghost"),
        Event(4, 11.25, 11.9, "Freya: labels in QGIS"),
        Event(5, 10, 12, "Kit: swimming gala", "rose"),
    ),
    (
        "<b>Tue 28 April, 10:00</b><br>Site visit Brightholm Wharf, lock gate",
        "<b>Tue 28 April, 19:00</b><br>Sign language class (weekly)",
        "<b>Thu 30 April</b><br>Issue planting package L-201 to L-204",
        "<b>Thu 30 April, 14:15</b><br>Kit: class assembly",
        "<b>Mon 4 May</b><br>Bank holiday",
        "<b>Sat 9 May</b><br>Mum 70, Ludlow",
        "<b>Fri 15 May</b><br>Condition 14, last day",
        "<b>Sat 20 June</b><br>Opening day Brightholm",
    ),
    "April 2026",
    (58, 32, 1542, 868),
)
RIVER = common.river(
    "Thu 23 April, 09:00",
    "0.62",
    (52, 60, 88, 120, 112, 96, 90, 84, 76, 70, 66, 62, 58, 55),
    page("caravan_advert"),
)
ROOM = element(
    "brightholm",
    "pocket park for the Brightholm Canal Trust",
    (
        ("Tuesday",),
        ("Owen Pryce", "10:02", "Bat survey is in the folder. One pipistrelle, it likes the warehouse."),
        ("Freya Nilsen", "10:30", "Photos of the lower terrace are up, sorry for the thumb in number 12."),
        ("Tamsin Orrell", "10:41", "Number 12 is the best one, it shows the wet corner. Thank you!"),
        ("Yesterday",),
        ("Marta Szabo", "16:24", "The ramp is 1:21 now, levels are in drawings/L-2xx."),
        (
            "Bashir Qureshi",
            "16:32",
            "I am walking the West Highland Way from 11 to 17 May, without a laptop. So sign-offs before that, please.",
        ),
        ("Today",),
        ("Bashir Qureshi", "09:06", "What is left on Brightholm for the planting package?"),
        (
            "Tamsin Orrell",
            "09:11",
            "Four sheets, the plant schedule and the planting statement. I issue the planting package on Thursday "
            "30 April, as agreed with Delphine.",
        ),
        ("Owen Pryce", "09:15", "I saw two otters below the lock last night. I have waited ten years for that."),
        (
            "Tamsin Orrell",
            "09:18",
            "Lovely! I look at the river gauge every morning before I start, it stood at 0.62 m. The lower beds "
            "are dry.",
        ),
    ),
    "",
    LEFT_FULL,
)
IT_HELP = element(
    "it-help",
    "printers, shares, licences",
    (
        ("Monday",),
        ("Marta Szabo", "11:20", "The plotter wants magenta again."),
        ("Wednesday",),
        (
            "Bashir Qureshi",
            "14:05",
            "The password of the drawings share has changed: <code>Quarry-Lantern-58!moss</code>",
        ),
        ("Marta Szabo", "14:09", "Thanks. I keep locking myself out, I have the memory of a goldfish."),
        ("Today",),
        ("Freya Nilsen", "10:41", "Is survey down for anybody else?"),
        ("Marta Szabo", "10:44", "Works here."),
    ),
    "",
    LEFT_FULL,
    pin="survey gone stale? <code>sudo umount -l /mnt/survey</code> and then <code>sudo mount /mnt/survey</code>. "
    "It happens when a laptop sleeps. (Bashir, 9 April)",
)
FREYA = element(
    "Freya Nilsen",
    "graduate landscape architect",
    (
        ("Today",),
        (
            "Freya Nilsen",
            "11:33",
            "I am so nervous about the interview. I failed my driving test twice because of nerves.",
        ),
        (
            "Freya Nilsen",
            "11:35",
            "And how do you get the Latin name in italics on the plan, with the number behind it?",
        ),
        (
            "Tamsin Orrell",
            "11:37",
            "Label with an expression and tick “Allow HTML formatting”:<br>"
            "<code>concat('&lt;i&gt;', \"latin\", '&lt;/i&gt; × ', \"count\")</code>",
        ),
        (
            "Tamsin Orrell",
            "11:39",
            "Your chartership interview is on Thursday 11 June. We practise every Monday at 16:00 until then, "
            "and I ask "
            "the nasty questions.",
        ),
        ("Freya Nilsen", "11:39", "Yes please. You are the best mentor."),
    ),
    "In the schedule I want Latin names only, by the way. Common names are for the leaflet|",
    LEFT_FULL,
)
LABELS = ((366, 184, "9 × Alnus glutinosa"), (684, 306, "210 × Deschampsia cespitosa"), (560, 470, "160 × Geum rivale"))
PLAN = qgis(LABELS, "Selected 12 features in beds_perennials")


def error(sheet: str) -> Win:
    return qgis(LABELS, "Export failed", failed_export(sheet), broken=True)


STALE = terminal(
    """$ ls /mnt/survey/brightholm
!ls: cannot access '/mnt/survey/brightholm': Stale file handle
$ df -h /mnt/survey
!df: /mnt/survey: Stale file handle
$ why|""",
    (430, 330, 920, 330),
)
LETTER = compose(
    "Delphine Okoro <d.okoro@brightholmtrust.example>",
    "Re: Site visit on Tuesday",
    """Hi Delphine,
    thank you, Tuesday at 10:00 at the lock gate is in my calendar.
    Could you please collect the comments of the trustees in one marked-up PDF? One file I work through in an hour, \
    ten separate mails take me a day.
    See you at eleven in the call.
    Tamsin|""",
    (430, 96, 1060, 720),
)
SHARED = head("What the neighbours said", "#7a3b2e", ()) + page("shared_slides")
CALL = call(
    "Brightholm: trustees’ notes – Zoom",
    ("Delphine Okoro", "Tamsin Orrell"),
    SHARED,
    "Delphine Okoro: I live on a boat myself, so I hear the generators every single night.",
    "Delphine Okoro",
)
NOTES = text_editor(
    "brightholm-call.txt",
    """brightholm, call 23 april

- opening day Saturday 20 June:
  the main path must look finished
- comments come as ONE marked-up pdf,
  Delphine collects them
- the reed bed stays. I told them that
  a lawn would be under water in March
- ask Owen to check my attenuation
  numbers, I am never sure about them|""",
    (1030, 130, 540, 520),
)
SCHEDULE = calc(
    "brightholm_plants.ods",
    (110, 330, 150, 120, 220, 150),
    common.plant_rows(common.PLANTS, decided=False),
    (10, 5),
    "ask!",
    (6, 8, 10),
)
LEAFSTOCK = firefox(
    "Your plan – Leafstock",
    "https://app.leafstock.example/account/plan",
    head("Leafstock", "#6b8e23", ("Plants", "Lists", "Export", "Account")) + page("leafstock"),
    tabs=("rootbook vs leafstock", "River Rell"),
)
RAIL = head("Kestrel Rail", "#7a1f3d", ("Tickets", "Railcards", "My trips"))
TRIP = firefox(
    "Sheffield to Ludlow – Kestrel Rail",
    "https://kestrelrail.example/trip/SHF-LUD",
    RAIL + page("trip"),
    tabs=("Leafstock",),
)
CARD = firefox(
    "Payment – Kestrel Rail",
    "https://kestrelrail.example/checkout/pay",
    RAIL + page("card"),
    tabs=("Leafstock",),
)
CODE = firefox(
    "Confirm your payment",
    "https://acs.whitbarrow.example/challenge",
    head("Whitbarrow Bank", "#0f3a5f", ()) + page("pay_code", boxes=code_boxes("482915")),
    tabs=("Leafstock",),
    told=False,
)
BOOKED = firefox(
    "You are going to Ludlow – Kestrel Rail",
    "https://kestrelrail.example/trip/KR7XQ2",
    RAIL + page("booked"),
    tabs=("Leafstock",),
)
SIGN_IN = firefox(
    "Sign in – Rootbook",
    "https://rootbook.example/login",
    head("Rootbook", "#1f6f54", ("Plants", "Lists", "Prices")) + page("sign_in"),
    box=(58, 32, 990, 868),
)
KEYS = keepass(
    (("Drawings share", "tamsin"), ("Planning Gateway", "t.orrell"), ("Rootbook", "tamsin@alderrill.example")),
    2,
    (
        ("User name", "tamsin@alderrill.example"),
        ("Password", "Thistle_Weir_41?Copper"),
        ("Code", "615 880"),
        ("Address", "https://rootbook.example"),
    ),
    (1060, 130, 520, 560),
)
SECOND_STEP = firefox(
    "Second step – Rootbook",
    "https://rootbook.example/login/step2",
    head("Rootbook", "#1f6f54", ("Plants", "Lists", "Prices")) + page("second_step"),
)
TRIAL = firefox(
    "Trial – Rootbook",
    "https://rootbook.example/studio/alder-rill",
    head("Rootbook", "#1f6f54", ("Plants", "Lists", "Import", "Studio")) + page("trial"),
    tabs=("Leafstock", "River Rell"),
)
FORUM = firefox(
    "Ground cover under alders? – Planters’ Forum",
    "https://planters-forum.example/t/ground-cover-under-alders/8812",
    head("Planters’ Forum", "#44543a", ("Latest", "Trees", "Wet soils", "Search")) + page("forum"),
    tabs=("Rootbook", "Leafstock"),
)
NAMES = (
    "drawings",
    "photos",
    "statement.odt",
    "plants.ods",
    "planting.qgz",
    "brief.pdf",
    "pennyroyal_invoice_2208.pdf",
)
FOLDER = files("Home / Projects / Brightholm", NAMES, (200, 90, 1240, 700), page("folder_lost"))
FOLDER_PLAIN = files("Home / Projects / Brightholm", NAMES, (120, 90, 1240, 700))
INVOICE = pdf("pennyroyal_invoice_2208.pdf", page("invoice"), (420, 32, 980, 868))
BANK = firefox(
    "Accounts – Whitbarrow Bank",
    "https://online.whitbarrow.example/accounts",
    head("Whitbarrow Bank", "#0f3a5f", ()) + page("bank"),
    box=(740, 70, 850, 810),
    told=False,
)
THANKS = compose(
    "Pennyroyal Nurseries <orders@pennyroyal.example>",
    "Re: Invoice 2208",
    """Hello Sunita,
    the sample trays arrived on Tuesday in good health, thank you. The invoice goes out with the next run.
    The Geum is exactly what I hoped for. A proper list for Brightholm follows tomorrow.
    Tamsin|""",
    (58, 32, 900, 868),
)
SHEET = common.timesheet(
    "Thu 23 April",
    (
        ("Brightholm Wharf", "Planting statement, schedule", "3.75"),
        ("Brightholm Wharf", "Call with Delphine Okoro", "0.50"),
        ("Brightholm Wharf", "Export of sheets (share was down)", "1.25"),
        ("Studio", "Plant database: Leafstock or Rootbook", "0.75"),
        ("Studio", "Mentoring Freya", "0.50"),
    ),
    "6.75",
    61,
)
SWIFTS = firefox(
    "Nest boxes for schools – Sheffield Swift Friends",
    "https://swiftfriends.example/boxes/schools",
    head("Sheffield Swift Friends", "#2b3f63", ("Sightings", "Boxes", "Walks")) + page("swifts"),
    tabs=("Sign language, unit 14",),
)
IDRIS = signal(
    "Idris",
    (
        ("Idris", "Kit says he will be a pilot"),
        ("Mum", "Did you find the albums?"),
        ("Class 4 parents", "lost: one blue glove"),
    ),
    (
        ("Idris", "18:02", "I got the interview! Ward manager at the Northern, Thursday week"),
        ("me", "18:20", "Brilliant, I knew it. And I booked the train to Ludlow: Friday 8 May, 16:27"),
        ("Idris", "18:24", "Could we not just hire a car?"),
        ("me", "18:25", "No car please. I would rather sit in a train with a book than in a jam on the A49"),
        ("me", "20:50", "The head said yes to the swift boxes! Tomorrow I order two for Netherby"),
        ("Idris", "20:53", "Kit says he will be a pilot and live in Peru"),
    ),
    (270, 90, 1180, 740),
)
SECRET = firefox(
    "how to tell a director that you are leaving – Search",
    "https://search.example/?q=how+to+tell+a+director+that+you+are+leaving",
    page("secret"),
    private=True,
)
SIGNS = firefox(
    "Unit 14: family – Sign Path",
    "https://signpath.example/level1/unit14",
    head("Sign Path", "#8a4b1f", ("Level 1", "Dictionary", "My class")) + page("signs"),
    tabs=("Swift Friends",),
)

SIGNS_FILM = replace(SIGNS, fullscreen=True, box=(0, 0, 1600, 900))


def studio(name: str, clock: str, *windows: Win, left: Win = ROOM, pace: str = "read", both: bool = False) -> Scene:
    """A scene at the desk with two monitors: the chat stands on the left one."""
    look = (0, 1) if both else (0,)
    return Scene(name=name, at=at(clock), windows=(*windows, left), look=look, pace=pace)


def home(name: str, clock: str, *windows: Win, pace: str = "read") -> Scene:
    return Scene(name=name, at=at(clock), windows=windows, pace=pace)


def document(name: str, clock: str, paragraphs: int, cut: int | None, words: int) -> Scene:
    page = writer("planting_statement.odt", common.statement(paragraphs, cut), words)
    return studio(name, clock, page, pace="type")


SCENES = (
    studio("inbox_thu", "09:04:10", INBOX),
    studio("calendar_thu", "09:09:40", CALENDAR),
    studio("river_thu", "09:14:20", RIVER),
    studio("plan", "09:21:30", PLAN, pace="click", both=True),
    studio("error_1", "09:38:05", error("L-204"), pace="click"),
    replace(studio("peek_mail_1", "09:42:10", INBOX), look=()),
    studio("error_2", "09:46:30", error("L-204"), pace="click"),
    studio("stale_terminal", "09:52:15", STALE, error("L-203"), pace="click"),
    document("statement_1", "10:06:00", 1, 130, 1204),
    document("statement_2", "10:12:30", 2, 60, 1251),
    document("statement_3", "10:19:40", 3, None, 1312),
    replace(studio("peek_river", "10:27:20", RIVER), look=()),
    studio("letter", "10:33:10", LETTER, INBOX, pace="type"),
    replace(studio("plan_again", "10:44:00", PLAN, pace="click"), look=()),
    studio("call", "11:00:30", CALL, pace="still"),
    studio("call_notes", "11:14:10", NOTES, CALL, pace="type"),
    Scene(name="freya", at=at("11:40:20"), windows=(FREYA, PLAN), look=(1,), pace="type"),
    replace(studio("peek_mail_2", "11:52:30", INBOX, left=FREYA), look=()),
    studio("schedule_thu", "12:03:00", SCHEDULE, left=FREYA, pace="click"),
    studio("leafstock", "12:19:10", LEAFSTOCK, left=FREYA),
    studio("trip", "13:18:10", TRIP, left=FREYA),
    studio("card", "13:22:40", CARD, left=FREYA, pace="type"),
    studio("pay_code", "13:25:10", CODE, left=FREYA, pace="click"),
    studio("booked", "13:27:20", BOOKED, left=FREYA),
    studio("error_3", "13:41:30", error("L-204"), left=IT_HELP, both=True),
    replace(studio("plan_later", "13:47:00", PLAN, left=IT_HELP, pace="click"), look=()),
    studio("sign_in", "14:03:20", SIGN_IN, KEYS, left=IT_HELP, pace="click"),
    replace(
        studio("second_step", "14:05:42", SECOND_STEP, left=IT_HELP, pace="click"),
        bubble=Bubble("Messages", "Rootbook", "730 418 is your Rootbook code. It is good for ten minutes."),
    ),
    studio("trial", "14:12:00", TRIAL, left=IT_HELP, pace="click"),
    studio("forum", "14:29:30", FORUM, left=IT_HELP),
    home("error_4", "15:54:10", FOLDER, pace="click"),
    home("invoice", "16:10:30", INVOICE, FOLDER_PLAIN),
    home("thanks", "16:23:00", THANKS, BANK, pace="type"),
    home("timesheet_thu", "16:50:20", SHEET, pace="type"),
    home("swifts", "20:44:30", SWIFTS),
    home("idris", "20:55:40", IDRIS, SWIFTS, pace="type"),
    home("secret", "21:06:10", SECRET),
    home("signs", "21:14:40", SIGNS, pace="click"),
    replace(home("signs_film", "21:19:10", SIGNS_FILM, pace="still"), look=()),
)

HAPPENINGS = (
    Happening(at("09:02:08"), "wake"),
    Happening(at("09:02:20"), "unlock"),
    Happening(at("09:02:31"), "state", {"power": "mains", "call": False, "sharing": False, "dnd": False}),
    Happening(
        at("10:28:00"),
        "notification",
        {
            "app": "Calendar",
            "summary": "Call: Delphine, trustees’ notes",
            "body": "today at 11:00",
            "urgency": "normal",
        },
    ),
    Happening(at("10:59:50"), "state", {"call": True}),
    Happening(at("11:31:05"), "state", {"call": False}),
    Happening(at("12:29:30"), "lock"),
    Happening(
        at("12:41:00"),
        "notification",
        {"app": "Backups", "summary": "Backup finished", "body": "2.1 GB copied", "urgency": "low"},
    ),
    Happening(at("13:13:40"), "idle", {"seconds": 2650}),
    Happening(at("13:13:50"), "unlock"),
    Happening(
        at("14:05:40"),
        "notification",
        {
            "app": "Messages",
            "summary": "Rootbook",
            "body": "730 418 is your Rootbook code. It is good for ten minutes.",
            "urgency": "normal",
        },
    ),
    Happening(at("14:47:10"), "lock"),
    Happening(at("14:48:00"), "sleep"),
    Happening(at("15:51:00"), "wake"),
    Happening(at("15:51:20"), "unlock"),
    Happening(at("15:51:30"), "state", {"power": "battery"}),
    Happening(
        at("16:39:00"),
        "notification",
        {"app": "Power", "summary": "Battery low", "body": "8 % left, about 11 minutes", "urgency": "critical"},
    ),
    Happening(at("16:40:10"), "state", {"power": "mains"}),
    Happening(
        at("16:54:30"),
        "note",
        {"text": "I work from home on Fridays. Monday to Thursday I am in the studio."},
    ),
    Happening(at("16:57:00"), "lock"),
    Happening(at("20:41:30"), "idle", {"seconds": 13470}),
    Happening(at("20:41:40"), "unlock"),
    Happening(at("21:31:00"), "lock"),
    Happening(at("21:32:00"), "sleep"),
)
