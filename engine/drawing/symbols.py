"""The signs of BPMN 2.0 (section 13, "notation"), as path data in our own hand.

Task icons fill a square from 0 to 18; event symbols and gateway signs are centred on 0 and reach about 9.
"""

from __future__ import annotations

import math


def _gear(teeth: int, outer: float, inner: float, centre: float) -> str:
    points = []
    for tooth in range(teeth):
        for offset, radius in ((-0.3, inner), (-0.17, outer), (0.17, outer), (0.3, inner)):
            angle = (tooth + offset) * 2 * math.pi / teeth
            points.append(f"{centre + radius * math.sin(angle):.2f} {centre - radius * math.cos(angle):.2f}")
    return f"M{'L'.join(points)}Z"


_ENVELOPE = "M1.5 4H16.5V14.5H1.5Z"
TASK_ICONS: dict[str, list[tuple[str, str]]] = {
    "userTask": [
        ("icon", "M9 8.2A3.2 3.2 0 1 0 9 1.8A3.2 3.2 0 1 0 9 8.2Z"),
        ("icon", "M2.6 16.2C2.8 12.4 5.4 10.4 9 10.4S15.2 12.4 15.4 16.2Z"),
    ],
    "manualTask": [
        (
            "icon",
            "M1.5 8.5C3 6.3 4.9 4.2 7.4 4.2H10.6C12.1 4.2 12.1 6.4 10.6 6.4H8.3"
            "M10 6.4H15.5C17 6.4 17 8.7 15.5 8.7H10.4M15.2 8.7C16.7 8.7 16.7 11 15.2 11H10.4"
            "M14.2 11C15.6 11 15.6 13.2 14.2 13.2H10.2M12.6 13.2C13.9 13.2 13.9 15.2 12.6 15.2"
            "H6.8C4.8 15.2 3 14.6 1.5 13.2",
        )
    ],
    "scriptTask": [
        ("icon", "M5 2H14.5C11.7 4.5 11.8 6.5 13.5 9S15.3 13.5 12.5 16H3C5.8 13.5 5.7 11.5 4 9S2.2 4.5 5 2Z"),
        ("icon", "M5.4 5.2H10.4M6.2 9H11.2M7.2 12.8H12"),
    ],
    "serviceTask": [
        ("icon", _gear(8, 7.6, 5.6, 9)),
        ("icon", "M9 11.5A2.5 2.5 0 1 0 9 6.5A2.5 2.5 0 1 0 9 11.5Z"),
    ],
    "sendTask": [("solid", _ENVELOPE), ("cut", "M1.8 4.4L9 10L16.2 4.4")],
    "receiveTask": [("icon", _ENVELOPE), ("icon", "M1.5 4L9 10L16.5 4")],
    "businessRuleTask": [
        ("band", "M1.5 3H16.5V6.8H1.5Z"),
        ("icon", "M1.5 3H16.5V15H1.5ZM1.5 6.8H16.5M1.5 10.9H16.5M6.3 6.8V15"),
    ],
}

#: closed shapes, drawn as an outline where the event catches and filled where it throws
EVENT_SYMBOLS: dict[str, str] = {
    "message": "M-8.5 -5.8H8.5V5.8H-8.5Z",
    "signal": "M0 -8.5L8.2 5.8H-8.2Z",
    "error": "M-8.5 7.5L-3.4 -6.5L2.6 1.6L8.5 -7.5L3.6 6.8L-2.6 -1.2Z",
    "escalation": "M0 -8.8L6.6 8L0 1.6L-6.6 8Z",
    "compensate": "M-0.4 -6.2V6.2L-8.6 0ZM7.8 -6.2V6.2L-0.4 0Z",
    "link": "M-8.5 -3.6H1.8V-7.8L9 0L1.8 7.8V3.6H-8.5Z",
    "cancel": ("M-7.6 -5.2L-5.2 -7.6L0 -2.4L5.2 -7.6L7.6 -5.2L2.4 0L7.6 5.2L5.2 7.6L0 2.4L-5.2 7.6L-7.6 5.2L-2.4 0Z"),
    "multiple": "M0 -8.6L8.2 -2.7L5.1 7H-5.1L-8.2 -2.7Z",
    "parallel": "M-2 -8H2V-2H8V2H2V8H-2V2H-8V-2H-2Z",
}
#: lines on top of the shape; in a thrown event they are cut out of it
EVENT_DETAILS: dict[str, str] = {"message": "M-8.5 -5.6L0 1L8.5 -5.6"}
#: never thrown: a clock face and a page of conditions
CLOCK = "M0 -8.2V-6.4M0 8.2V6.4M-8.2 0H-6.4M8.2 0H6.4M0.7 -5.4L0 0L3.7 1.5"
CONDITIONS = "M-6.5 -8H6.5V8H-6.5ZM-3.9 -4.5H3.9M-3.9 -1.5H3.9M-3.9 1.5H3.9M-3.9 4.5H3.9"

GATEWAY_SIGNS: dict[str, str] = {
    "exclusiveGateway": "M-6.5 -6.5L6.5 6.5M6.5 -6.5L-6.5 6.5",
    "parallelGateway": "M0 -9.5V9.5M-9.5 0H9.5",
    "complexGateway": "M0 -9.5V9.5M-9.5 0H9.5M-6.7 -6.7L6.7 6.7M6.7 -6.7L-6.7 6.7",
}

#: at the foot of an activity, in a square of 14 centred on 0
ACTIVITY_MARKERS: dict[str, tuple[str, str]] = {
    "compensation": ("icon", "M-0.3 -5V5L-6.8 0ZM6.2 -5V5L-0.3 0Z"),
    "loop": ("icon", "M-2.6 5.2A5.6 5.6 0 1 1 2.4 5.3M-2.6 5.2V1.8M-2.6 5.2H-6"),
    "parallel-instances": ("marker", "M-4 -5.5V5.5M0 -5.5V5.5M4 -5.5V5.5"),
    "sequential-instances": ("marker", "M-5.5 -4H5.5M-5.5 0H5.5M-5.5 4H5.5"),
    "collapsed": ("icon", "M-6 -6H6V6H-6ZM0 -3.5V3.5M-3.5 0H3.5"),
    "ad-hoc": ("marker", "M-6 1.8C-4 -3.5 -1.8 -1.8 0 0S4 3.5 6 -1.8"),
}

#: beside a state's colour, so that nobody has to tell colours apart; in a square of 10 centred on 0
STATE_SIGNS: dict[str, str] = {
    "done": "M-3.6 0.2L-1.1 2.7L3.7 -2.7",
    "current": "M-1.9 -3.2L3 0L-1.9 3.2Z",
    "late": "M0 -3.8V0.6M0 3.7V3.8",
    "waiting": "M0 -3.2V0.4L2.6 1.9",
    "skipped": "M-3.2 0H3.2",
    "held": "M-1.7 -3V3M1.7 -3V3",
    "refused": "M-2.8 -2.8L2.8 2.8M2.8 -2.8L-2.8 2.8",
    "added": "M0 -3.4V3.4M-3.4 0H3.4",
    "removed": "M-2.8 -2.8L2.8 2.8M2.8 -2.8L-2.8 2.8",
    "changed": "M-3.2 -1.3H3.2M-3.2 1.3H3.2M1.9 -3.4L-1.9 3.4",
    "mild": "M-3 3V1",
    "warm": "M-3 3V1M0 3V-1",
    "hot": "M-3 3V1M0 3V-1M3 3V-3",
    "taken": "M-3.6 0.2L-1.1 2.7L3.7 -2.7",
    "partly": "M-3.4 0H3.4M1 -2.6L3.6 0L1 2.6",
    "missed": "M-2.8 -2.8L2.8 2.8M2.8 -2.8L-2.8 2.8",
}
