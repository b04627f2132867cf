"""The demo shop: plain pages that carry the real tracker, so that a first visit has something to measure."""

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from collector.demo.products import BY_ID, CATEGORIES, PRODUCTS

SITE_ID = "demo"
"""The site that `make run` creates and that these pages report to."""

blueprint = Blueprint("demo", __name__, url_prefix="/demo", template_folder="templates", static_folder="static")


@blueprint.context_processor
def put_shop() -> dict[str, object]:
    """What the head and the navigation of every page need."""
    return {"site_id": SITE_ID, "categories": CATEGORIES}


@blueprint.after_request
def ask_for_hints(response: Response) -> Response:
    """The shop's pages and the collector have one origin, so this is all that a browser needs to tell its versions."""
    response.headers["Accept-CH"] = "Sec-CH-UA-Platform-Version, Sec-CH-UA-Full-Version-List, Sec-CH-UA-Model"
    return response


@blueprint.get("/")
def home() -> str:
    return render_template("demo/home.html", products=PRODUCTS)


@blueprint.get("/c/<slug>")
def category(slug: str) -> str | tuple[str, int]:
    if slug not in CATEGORIES:
        return render_template("demo/not_found.html"), 404
    title, line = CATEGORIES[slug]
    products = [product for product in PRODUCTS if product.category == slug]
    return render_template("demo/category.html", title=title, line=line, products=products)


@blueprint.get("/p/<int:product_id>")
def product(product_id: int) -> str | tuple[str, int]:
    if product_id not in BY_ID:
        return render_template("demo/not_found.html"), 404
    shown = BY_ID[product_id]
    others = [other for other in PRODUCTS if other.category == shown.category and other is not shown]
    others += [other for other in PRODUCTS if other.category != shown.category]
    return render_template("demo/product.html", product=shown, others=others[:3])


@blueprint.get("/cart")
def cart() -> str:
    return render_template("demo/cart.html", products=PRODUCTS)


@blueprint.post("/checkout")
def checkout() -> Response:
    """Take an order. The shop keeps nothing of it: the basket lives in the visitor's tab."""
    return redirect(url_for("demo.thank_you"), code=303)


@blueprint.get("/thank-you")
def thank_you() -> str:
    return render_template("demo/thank_you.html")
