import pytest
from playwright.sync_api import Error


@pytest.mark.parametrize("outside", ["http://192.0.2.1/", "https://model.example/"])
def test_the_browser_of_a_test_reaches_this_machine_only(browser, outside):
    page = browser.new_page()
    try:
        with pytest.raises(Error, match="ERR_NAME_NOT_RESOLVED"):
            page.goto(outside, timeout=5_000)
    finally:
        page.close()
