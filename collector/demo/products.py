"""Everything the demo shop sells, as one table."""

from typing import NamedTuple


class Product(NamedTuple):
    """One thing on the shelf. Its picture is static/images/<id>.svg; ``price`` is in euros."""

    id: int
    name: str
    category: str
    price: int
    line: str
    story: str
    facts: tuple[tuple[str, str], ...]


CATEGORIES: dict[str, tuple[str, str]] = {
    "footwear": ("Footwear", "What carries you. Broken in by us on wet limestone, so that you need not."),
    "carry": ("Carry", "Packs and small things that keep the rest in its place."),
    "camp": ("Camp", "For the hour when the walking is done and the light goes."),
}
"""Address part of a category → its title and its one line."""

PRODUCTS: tuple[Product, ...] = (
    Product(
        42,
        "Ridge boot",
        "footwear",
        189,
        "A resoleable leather boot for rough ground.",
        "One piece of leather, one seam at the heel, and a sole that any cobbler can replace. The Ridge boot is "
        "stiff enough for scree and soft enough for the village street afterwards. It wants two weeks of short walks "
        "before the first long one; after that it will not be the part of you that complains.",
        (
            ("Upper", "2.6 mm full-grain leather"),
            ("Sole", "Rubber, resoleable"),
            ("Weight", "610 g each, size 42"),
            ("Made in", "The Dolomites"),
        ),
    ),
    Product(
        23,
        "Brook runner",
        "footwear",
        129,
        "Light shoes for paths that are sometimes streams.",
        "Water comes in, and water goes out: the Brook runner drains at every step and is dry by lunch. The lugs "
        "are far enough apart to let go of mud and close enough to hold on gravel.",
        (
            ("Upper", "Recycled mesh"),
            ("Drop", "4 mm"),
            ("Weight", "265 g each, size 42"),
            ("Dries in", "About two hours"),
        ),
    ),
    Product(
        17,
        "Merino sock",
        "footwear",
        18,
        "The part of the boot that you can wash.",
        "Knitted without a seam over the toes, thick under the heel, thin across the instep. Merino stays warm "
        "when it is wet and stays polite for several days. We mend every pair for free, once.",
        (
            ("Fibre", "72% merino, 26% nylon, 2% elastane"),
            ("Height", "Over the ankle"),
            ("Wash", "30 °C, no softener"),
            ("Mended", "Once, for free"),
        ),
    ),
    Product(
        51,
        "Day pack 24 L",
        "carry",
        94,
        "Enough for a day, too small for excuses.",
        "A waxed canvas pack with one large room and one small one. The lid closes over a rain jacket; the side "
        "pockets hold a bottle that you can reach while walking. Straps and buckles can be changed with a coin.",
        (
            ("Volume", "24 litres"),
            ("Fabric", "Waxed canvas, 340 g/m²"),
            ("Weight", "880 g"),
            ("Fits", "A 15-inch laptop on weekdays"),
        ),
    ),
    Product(
        58,
        "Steel bottle",
        "carry",
        32,
        "One litre, hot until the summit.",
        "Double-walled steel with a lid that opens with a glove on. It keeps tea hot for eleven hours and water "
        "cold for a day, and it survives the fall that every bottle takes sooner or later.",
        (
            ("Volume", "1 litre"),
            ("Keeps hot", "11 hours"),
            ("Weight", "420 g"),
            ("Lid", "One turn, with a glove on"),
        ),
    ),
    Product(
        83,
        "Field compass",
        "carry",
        26,
        "Never out of battery.",
        "A liquid-filled compass on a clear base plate, with a needle that settles in two seconds. It comes with a "
        "small book that teaches all of it in one afternoon.",
        (
            ("Settles in", "2 seconds"),
            ("Scales", "1:25,000 and 1:50,000"),
            ("Weight", "38 g"),
            ("Book", "48 pages, included"),
        ),
    ),
    Product(
        64,
        "Storm lantern",
        "camp",
        48,
        "A warm light that wind does not care about.",
        "The flame of a storm lantern, made of nine warm diodes behind real glass. Turn the wheel for anything "
        "between a candle and a kitchen. Charged once, it lasts a week of evenings.",
        (
            ("Light", "5 to 320 lumen, 2,200 K"),
            ("Lasts", "9 to 90 hours"),
            ("Charged by", "USB-C"),
            ("Glass", "Replaceable"),
        ),
    ),
    Product(
        71,
        "Enamel mug",
        "camp",
        14,
        "Chips with dignity.",
        "Steel with three coats of enamel, fired in a town that has done little else since 1874. Put it on the "
        "fire, drop it on the rock, drink from it at your desk.",
        (
            ("Volume", "0.4 litres"),
            ("Weight", "160 g"),
            ("On the fire", "Yes"),
            ("In the dishwasher", "Also yes"),
        ),
    ),
    Product(
        77,
        "Tarn tent",
        "camp",
        329,
        "Two people, two doors, two minutes.",
        "Poles of two lengths in two colours, so that it stands in the dark and in the rain. Each of you has a "
        "door and a porch; nobody climbs over anybody. The fly goes up first, which keeps the inside dry.",
        (
            ("Sleeps", "2"),
            ("Weight", "1.9 kg with pegs"),
            ("Packed", "46 × 15 cm"),
            ("Rain", "4,000 mm water column"),
        ),
    ),
)

BY_ID: dict[int, Product] = {product.id: product for product in PRODUCTS}
