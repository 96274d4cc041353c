"""Pages of minutes and conclusion notices."""

from flask import Blueprint

pages = Blueprint("conclusions", __name__)
