"""The pictures of the demo, drawn when it is loaded."""

import math

from .canvas import HEIGHT, WIDTH, Canvas


def lake_at_dusk(width):
    """The Alps over a sea of fog, when the sun is just gone."""
    canvas = Canvas(width, seed=8)
    canvas.gradient(
        (0, "#2b2a5b"),
        (0.25, "#6a4d86"),
        (0.42, "#c77a8b"),
        (0.55, "#f3b58c"),
        (0.62, "#fbdcae"),
        (1, "#e9c3b5"),
    )
    canvas.glow(1130, 590, 900, "#ffe9b8", 0.75)
    canvas.ellipse((331, 137, 340, 146), "#fff6df")
    canvas.glow(335, 141, 70, "#fff6df", 0.35)
    for height, roughness, colour in (
        (520, 62, "#a983a6"),
        (570, 70, "#7f6799"),
        (640, 60, "#5e5088"),
    ):
        canvas.below(canvas.ridge(height, roughness), colour)
    for n in range(9):
        top = 640 + n * 34
        fog = ["#d9a9b4", "#e3b5b8", "#ecc6c1", "#e7bcbf"][n % 4]
        line = [
            (
                x,
                top
                + 11 * math.sin(x / (150 + 23 * n) + n * 1.7)
                + 6 * math.sin(x / 61 + n),
            )
            for x in range(-40, WIDTH + 60, 20)
        ]
        canvas.below(line, fog, opacity=0.62, blur=7)
    hill = [
        (x, 905 - 70 * math.sin((x + 300) / 620) + 8 * math.sin(x / 47))
        for x in range(-20, WIDTH + 40, 20)
    ]
    canvas.below(hill, "#241f45")
    for x, size in (
        (90, 300),
        (205, 215),
        (300, 150),
        (1315, 170),
        (1400, 265),
        (1510, 345),
        (1215, 105),
    ):
        foot = 925 - 70 * math.sin((x + 300) / 620)
        _fir(canvas, x, foot, size, "#1d1a3c")
    return canvas.jpeg()


def _fir(canvas, x, foot, size, colour):
    tiers = 7
    for n in range(tiers):
        top = foot - size + n * size / tiers * 0.92
        half = size * (0.05 + 0.032 * n)
        lean = canvas.random.uniform(-2, 2)
        canvas.polygon(
            [
                (x + lean, top),
                (x + half, top + size * 0.22),
                (x, top + size * 0.17),
                (x - half, top + size * 0.22),
            ],
            colour,
        )
    canvas.rectangle(
        (x - size * 0.02, foot - size * 0.1, x + size * 0.02, foot), colour
    )


def loaf(width):
    """A taillaule on a red checked cloth."""
    canvas = Canvas(width, seed=3)
    canvas.gradient((0, "#f4e7d2"), (0.6, "#ecd8b9"), (1, "#e2c7a0"))
    canvas.glow(420, 170, 1100, "#fffaf0", 0.7)
    canvas.rectangle((0, 640, WIDTH, HEIGHT), "#fbf4ea")
    for x in range(-60, WIDTH, 160):
        canvas.rectangle((x, 640, x + 80, HEIGHT), "#c8443c", opacity=0.5)
    for n, y in enumerate((640, 712, 802, 914)):
        canvas.rectangle((0, y, WIDTH, y + 36 + 9 * n), "#c8443c", opacity=0.5)
    canvas.rectangle((0, 632, WIDTH, 646), "#b98a5a", opacity=0.35, blur=6)
    canvas.ellipse((280, 760, 1350, 900), "#3b1d10", opacity=0.45, blur=22)

    canvas.polygon(_dome(290, 1310, 400, 835), "#b56a24")
    canvas.polygon(_dome(300, 1300, 412, 812), "#d4903a", blur=9)
    canvas.rectangle((300, 690, 1300, 835), "#8f4d1a", radius=40, opacity=0.45, blur=30)
    for row, (top, size, crust, crumb) in enumerate(
        ((412, 104, "#9a561f", "#e5ae59"), (486, 118, "#a9622a", "#efc276"))
    ):
        for n in range(7 + row):
            middle = 446 + n * 118 - row * 59
            lift = 74 * math.sin(math.pi * (middle - 250) / 1100)
            foot = top + 112 - lift
            _crest(canvas, middle, foot, size, crust, crumb)
            canvas.ellipse(
                (middle - 84, foot - 14, middle + 84, foot + 40), "#d08c38", blur=9
            )
    for _ in range(30):
        x, y = canvas.random.uniform(345, 1255), canvas.random.uniform(600, 790)
        half = canvas.random.uniform(9, 15)
        canvas.ellipse((x - half, y - half * 0.7, x + half, y + half * 0.7), "#3a1a14")
        canvas.ellipse(
            (x - half * 0.5, y - half * 0.5, x, y - half * 0.1), "#7d4a3c", opacity=0.8
        )
    canvas.ellipse((380, 560, 980, 640), "#ffe3a0", opacity=0.3, blur=30)
    return canvas.jpeg()


def _dome(left, right, top, bottom):
    """The outline of a loaf: straight sides that lean, and a back that has risen."""
    middle, half = (left + right) / 2, (right - left) / 2
    back = [
        (middle + half * math.cos(angle), top + 150 - 150 * math.sin(angle) ** 0.8)
        for angle in (math.pi * (1 - n / 60) for n in range(61))
    ]
    foot = [
        (
            middle + side * (half - 42 + 30 * math.cos(angle)),
            bottom - 30 + 30 * math.sin(angle),
        )
        for side, angles in ((1, range(0, 91, 15)), (-1, range(90, -1, -15)))
        for angle in map(math.radians, angles)
    ]
    return [*back, *foot]


def _crest(canvas, x, foot, size, crust, crumb):
    """One tooth of the zigzag which scissors leave on a dough."""
    tooth = [
        (x + size * 0.62 * side * (1 - t) ** 0.8, foot - size * t)
        for side, steps in ((-1, range(21)), (1, range(20, -1, -1)))
        for t in (n / 20 for n in steps)
    ]
    canvas.polygon(
        [(px + 7, py + 12) for px, py in tooth], "#6d3710", opacity=0.4, blur=8
    )
    canvas.polygon(tooth, crust)
    canvas.polygon(
        [(x + (px - x) * 0.78 - 5, foot - (foot - py) * 0.8) for px, py in tooth],
        crumb,
        blur=5,
    )
    canvas.line(
        [(x + size * 0.5, foot - size * 0.16), (x + 6, foot - size * 0.93)],
        "#5f2f10",
        5,
        opacity=0.35,
        blur=3,
    )


def night_train(width):
    """A sleeper under the moon, somewhere in the Tyrol."""
    canvas = Canvas(width, seed=21)
    canvas.gradient((0, "#0b1030"), (0.45, "#1d2a5c"), (0.7, "#3c4f86"), (1, "#3c4f86"))
    for _ in range(130):
        x, y = canvas.random.uniform(0, WIDTH), canvas.random.uniform(0, 430)
        size = canvas.random.choice((1.3, 1.3, 1.8, 2.6))
        canvas.ellipse(
            (x - size, y - size, x + size, y + size),
            "#dfe6ff",
            opacity=canvas.random.uniform(0.35, 0.95),
        )
    canvas.glow(1230, 190, 760, "#aebcf0", 0.5)
    canvas.ellipse((1165, 125, 1295, 255), "#f6f1dc")
    for box in ((1195, 155, 1222, 180), (1238, 198, 1272, 228), (1245, 150, 1259, 163)):
        canvas.ellipse(box, "#ddd6bd", opacity=0.7)
    canvas.below(canvas.ridge(430, 95), "#35447c")
    canvas.below(canvas.ridge(520, 70, longest=600), "#26325f")
    canvas.below([(-10, 690), (500, 668), (1100, 684), (WIDTH + 10, 660)], "#9fb0dc")
    canvas.below([(-10, 800), (700, 786), (WIDTH + 10, 800)], "#c4d0ee")
    canvas.rectangle((0, 792, WIDTH, 806), "#39416b")
    for left in (-250, 300, 850, 1400):
        _carriage(canvas, left, 540)
    for x in range(60, WIDTH, 520):
        canvas.rectangle((x, 400, x + 7, 800), "#141a38")
        canvas.rectangle((x, 430, x + 90, 435), "#141a38")
    canvas.line([(0, 446), (800, 452), (WIDTH, 446)], "#141a38", 3)
    for _ in range(60):
        x, y = canvas.random.uniform(0, WIDTH), canvas.random.uniform(870, 990)
        long = canvas.random.uniform(30, 160)
        canvas.ellipse(
            (x - long, y - 3, x + long, y + 3), "#dbe4f8", opacity=0.5, blur=4
        )
    return canvas.jpeg()


def _carriage(canvas, left, top):
    right, bottom = left + 535, top + 222
    canvas.rectangle((left, top, right, bottom), "#16214f", radius=26)
    canvas.rectangle((left + 6, top + 6, right - 6, top + 26), "#24336e", radius=14)
    canvas.rectangle((left, top + 152, right, top + 166), "#c9a24a")
    canvas.rectangle((left + 30, bottom - 6, right - 30, bottom + 18), "#0d1330")
    for wheel in (70, 135, 400, 465):
        box = (left + wheel - 24, bottom + 2, left + wheel + 24, bottom + 50)
        canvas.ellipse(box, "#0a0e24")
        canvas.ellipse((box[0] + 14, box[1] + 14, box[2] - 14, box[3] - 14), "#39416b")
    for n in range(6):
        x = left + 46 + n * 76
        lit = canvas.random.random() < 0.68
        canvas.rectangle(
            (x, top + 50, x + 58, top + 128), "#ffd98a" if lit else "#2c3a78", radius=9
        )
        if not lit:
            continue
        if canvas.random.random() < 0.3:
            canvas.ellipse((x + 19, top + 76, x + 41, top + 102), "#5b3f2a")
            canvas.rectangle(
                (x + 9, top + 101, x + 51, top + 128), "#5b3f2a", radius=13
            )
            canvas.rectangle((x + 9, top + 116, x + 51, top + 128), "#5b3f2a")
        canvas.glow(x + 29, top + 90, 170, "#ffcf70", 0.3)
        canvas.polygon(
            [(x - 16, 838), (x + 74, 838), (x + 120, 900), (x - 62, 900)],
            "#ffe2a6",
            opacity=0.42,
            blur=11,
        )


def cat_at_window(width):
    """Sourdine, from behind, waiting for bar five."""
    canvas = Canvas(width, seed=5)
    canvas.gradient((0, "#7b3f36"), (1, "#5c2c2b"))
    canvas.glow(800, 420, 1500, "#d98a5c", 0.35)
    view = (360, 80, 1240, 760)
    canvas.gradient((0, "#34507f"), (0.55, "#7d9cc4"), (1, "#d3dced"), box=view)
    for left, roof, top in (
        (340, "#54627f", 560),
        (610, "#465472", 500),
        (860, "#5a6987", 590),
        (1050, "#44516e", 520),
    ):
        _house(canvas, left, top, roof)
    for _ in range(150):
        x, y = canvas.random.uniform(360, 1240), canvas.random.uniform(80, 750)
        size = canvas.random.uniform(2, 6)
        canvas.ellipse(
            (x - size, y - size, x + size, y + size),
            "#ffffff",
            opacity=canvas.random.uniform(0.5, 0.95),
        )
    for box in ((0, 0, 360, 820), (1240, 0, WIDTH, 820)):
        canvas.gradient((0, "#7b3f36"), (1, "#683430"), box=box)
    canvas.gradient((0, "#7b3f36"), (1, "#793e35"), box=(360, 0, 1240, 80))
    canvas.glow(1500, 150, 900, "#e7a36b", 0.35)
    frame = "#f3e9d8"
    for box in (
        (330, 50, 1270, 96),
        (330, 50, 376, 780),
        (1224, 50, 1270, 780),
        (784, 80, 816, 770),
        (360, 300, 1240, 324),
    ):
        canvas.rectangle(
            (box[0] + 6, box[1] + 8, box[2] + 6, box[3] + 8),
            "#20303f",
            opacity=0.35,
            blur=6,
        )
        canvas.rectangle(box, frame)
    canvas.gradient((0, "#4d2524"), (1, "#3c1c1e"), box=(0, 820, WIDTH, HEIGHT))
    canvas.rectangle((250, 766, 1350, 832), "#fbf3e4", radius=8)
    canvas.rectangle((250, 818, 1350, 846), "#c9b79c", radius=8)
    canvas.rectangle((262, 846, 1338, 872), "#1c0d0e", opacity=0.5, blur=12)
    _cat(canvas, 640, 772)
    _plant(canvas, 1110, 770)
    return canvas.jpeg()


def _house(canvas, left, top, colour):
    canvas.rectangle((left, top + 60, left + 240, 770), "#8e96ab")
    canvas.polygon(
        [(left - 22, top + 72), (left + 120, top - 40), (left + 262, top + 72)], colour
    )
    canvas.polygon(
        [
            (left - 26, top + 62),
            (left + 120, top - 58),
            (left + 266, top + 62),
            (left + 232, top + 54),
            (left + 120, top - 30),
            (left + 8, top + 54),
        ],
        "#f7faff",
    )
    for x in (40, 150):
        lit = canvas.random.random() < 0.5
        canvas.rectangle(
            (left + x, top + 108, left + x + 46, top + 168),
            "#ffd98f" if lit else "#5f6a85",
            radius=3,
        )


def _cat(canvas, x, foot):
    fur = "#1b1720"
    canvas.ellipse(
        (x - 150, foot - 4, x + 160, foot + 20), "#6b5843", opacity=0.5, blur=9
    )
    back = [
        (
            x
            + side * (44 + 92 * math.sin(math.pi * (0.12 + 0.62 * t)) ** 1.2 * t**0.35),
            foot - 330 + 326 * t,
        )
        for side, times in ((-1, range(41)), (1, range(40, -1, -1)))
        for t in (n / 40 for n in times)
    ]
    canvas.polygon(back, fur)
    canvas.ellipse((x - 128, foot - 150, x + 128, foot + 6), fur)
    canvas.ellipse((x - 78, foot - 425, x + 78, foot - 290), fur)
    for side in (-1, 1):
        canvas.polygon(
            [
                (x + side * 66, foot - 470),
                (x + side * 14, foot - 416),
                (x + side * 40, foot - 395),
                (x + side * 77, foot - 366),
            ],
            fur,
        )
    for t in (n / 120 for n in range(121)):
        middle, y = (
            x + 60 + 150 * t**0.7 + 22 * math.sin(5 * t),
            foot - 22 + 190 * t**2.2,
        )
        canvas.ellipse((middle - 17, y - 17, middle + 17, y + 17), fur)
    canvas.line(
        [(x - 72, foot - 380), (x - 52, foot - 404), (x - 30, foot - 415)],
        "#8fa6cc",
        5,
        opacity=0.55,
        blur=3,
    )


def _plant(canvas, x, foot):
    for n in range(9):
        angle = math.radians(-160 + n * 17.5)
        tip = (x + 150 * math.cos(angle), foot - 130 + 150 * math.sin(angle))
        bend = (x + 60 * math.cos(angle), foot - 165 + 60 * math.sin(angle))
        canvas.line([(x, foot - 100), bend, tip], "#3f6b4c", 13)
        canvas.ellipse((tip[0] - 26, tip[1] - 20, tip[0] + 26, tip[1] + 20), "#5d8f62")
    canvas.polygon(
        [(x - 70, foot - 110), (x + 70, foot - 110), (x + 50, foot), (x - 50, foot)],
        "#c96f43",
    )
    canvas.rectangle((x - 80, foot - 128, x + 80, foot - 96), "#d98254", radius=6)


def strings(width):
    """Strings that almost agree: the slow wobble by which a tuner counts."""
    canvas = Canvas(width, seed=13)
    canvas.gradient((0, "#10222b"), (1, "#1d3a3f"))
    canvas.glow(1180, 320, 1300, "#c98b3a", 0.35)
    count = 34
    for n in range(count):
        height = 60 + n * 880 / (count - 1)
        swing = 6 + 30 * math.sin(math.pi * n / (count - 1)) ** 2
        beat = 210 + 9 * n
        points = [
            (
                x,
                height
                + swing
                * math.cos(x * math.pi / beat + n * 0.31)
                * math.sin(x / 17 + n * 0.6),
            )
            for x in range(-10, WIDTH + 20, 4)
        ]
        warmth = n / (count - 1)
        colour = (
            round(240 - 60 * warmth),
            round(190 - 25 * warmth),
            round(110 + 70 * warmth),
        )
        canvas.line(points, colour, 2.4, opacity=0.85)
    return canvas.jpeg()


DRAWINGS = {
    drawing.__name__: drawing
    for drawing in (lake_at_dusk, loaf, night_train, cat_at_window, strings)
}
