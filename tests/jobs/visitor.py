"""A person at a web node that runs as a process of its own: signs in, posts forms."""

from __future__ import annotations

import http.cookiejar
import re
import urllib.parse
import urllib.request
import uuid

from tests.engine.organisation import PASSWORD


class Visitor:
    def __init__(self, address: str) -> None:
        self.address = address
        self.open = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())).open

    def get(self, path: str) -> str:
        with self.open(f"{self.address}{path}", timeout=60) as answer:
            return str(answer.read().decode())

    def post(self, path: str, on: str, **form: str) -> str:
        """Send the form of the page `on` to `path`; the page that follows."""
        token = re.search(r'name="csrf_token" value="([^"]+)"', self.get(on))
        assert token is not None, f"{on} has no form"
        sent = {"csrf_token": token[1], "key": str(uuid.uuid4()), **form}
        with self.open(f"{self.address}{path}", urllib.parse.urlencode(sent).encode(), timeout=60) as answer:
            return str(answer.read().decode())

    def sign_in(self, login: str) -> None:
        self.post("/connexion", "/connexion", login=login, password=PASSWORD)
