"""The administration has one door, ours, and for reps and managers it is not there."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import Settings

from enablement.models import Person
from tests.sign_on.test_second_step import PASSWORD, SECURITY


@pytest.fixture
def staff(root: Person, max: Person, ada: Person, nia: Person) -> None:
    Person.objects.update(is_staff=True)


@pytest.mark.parametrize("name", ["max", "ada"])
@pytest.mark.usefixtures("staff")
def test_it_is_not_there_for_reps_and_managers(client: Client, name: str) -> None:
    client.force_login(Person.objects.get(username=name))
    for path in ("/admin/", "/admin/login/", "/admin/enablement/person/", "/admin/nothing/"):
        assert client.get(path).status_code == 404, path


@pytest.mark.usefixtures("staff")
def test_its_own_sign_in_leads_to_ours(client: Client) -> None:
    assert client.get("/admin/")["Location"] == "/admin/login/?next=/admin/"
    assert client.get("/admin/login/?next=/admin/")["Location"] == "/sign-in/?next=%2Fadmin%2F"
    refused = client.post("/admin/login/", {"username": "root", "password": PASSWORD})
    assert refused["Location"].startswith("/sign-in/")
    assert "_auth_user_id" not in client.session


@pytest.mark.usefixtures("staff")
def test_it_needs_a_second_step_where_that_is_set(client: Client, settings: Settings) -> None:
    settings.SECOND_STEP = "ADMINS"
    client.post("/sign-in/", {"username": "root", "password": PASSWORD})
    assert client.get("/admin/")["Location"] == SECURITY
