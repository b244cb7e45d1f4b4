"""The chat page in a real browser, at the size of a small phone, against the running stack."""

from __future__ import annotations

import os
import re
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Page, async_playwright, expect

from tests.browser.install import find_chromium
from tests.conversations.runner import CONTROLS
from tests.support.stack import Stack

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
ANSWER_MS = 20_000
OFFLINE = "net::ERR_INTERNET_DISCONNECTED"
"""What the browser itself logs while a test has taken its network away."""


@pytest.fixture
async def page(stack: Stack) -> AsyncIterator[Page]:
    """The page as a new visitor sees it; it fails the test when it asks anybody but us or logs an error."""
    path = find_chromium()
    if path is None:
        if "CI" in os.environ:
            pytest.fail("no Chromium: see tests/browser/install.py")
        pytest.skip("no Chromium: run `make browser`")
    troubles: list[str] = []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        context = await browser.new_context(viewport={"width": 360, "height": 740}, locale="vi-VN")
        page = await context.new_page()
        page.on("request", lambda r: None if r.url.startswith(stack.url) else troubles.append(r.url))
        page.on("console", lambda m: troubles.append(m.text) if m.type == "error" and OFFLINE not in m.text else None)
        page.on("pageerror", lambda error: troubles.append(str(error)))
        await page.goto(stack.url)
        yield page
        await browser.close()
    assert troubles == []


async def ask(page: Page, text: str) -> None:
    await page.get_by_test_id("input").fill(text)
    await page.keyboard.press("Enter")


async def test_a_typed_question_leads_through_a_guide_to_its_end(page: Page) -> None:
    await ask(page, "lam sao de cai vneid")

    for number in range(1, 10):
        await expect(page.get_by_text(f"Bước {number} / 9")).to_be_visible(timeout=ANSWER_MS)
        assert await page.get_by_test_id("button").all_inner_texts() == CONTROLS
        await page.get_by_role("button", name="Xong rồi").click()

    await expect(page.get_by_test_id("reply").last).to_contain_text("giỏi quá", timeout=ANSWER_MS)


async def test_the_whole_journey_works_by_keyboard_alone(page: Page) -> None:
    await page.get_by_test_id("input").focus()
    await page.keyboard.type("quên mật khẩu vneid")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("Bước 1 / 8")).to_be_visible(timeout=ANSWER_MS)

    await page.get_by_role("button", name="Xong rồi").focus()
    await page.keyboard.press("Enter")

    await expect(page.get_by_text("Bước 2 / 8")).to_be_visible(timeout=ANSWER_MS)


async def test_a_reload_shows_the_conversation_and_goes_on_at_the_same_step(page: Page) -> None:
    await ask(page, "quên mật khẩu vneid")
    await expect(page.get_by_text("Bước 1 / 8")).to_be_visible(timeout=ANSWER_MS)

    await page.reload()
    await page.get_by_role("button", name="Xong rồi").click()

    await expect(page.get_by_text("Bước 2 / 8")).to_be_visible(timeout=ANSWER_MS)


async def test_nothing_is_wider_than_a_small_phone_and_buttons_are_big(page: Page) -> None:
    await ask(page, "tôi bị lừa chuyển tiền rồi")
    await expect(page.locator("[data-kind=emergency]")).to_be_visible(timeout=ANSWER_MS)

    width = await page.evaluate("document.documentElement.scrollWidth")
    heights = await page.locator("button:visible").evaluate_all("all => all.map(b => b.getBoundingClientRect().height)")

    assert width <= 360
    assert min(heights) >= 48


async def test_what_a_person_writes_is_shown_as_text(page: Page) -> None:
    await ask(page, "<img src=x onerror=alert(1)> mật khẩu")

    await expect(page.get_by_test_id("sent").last).to_contain_text("<img src=x onerror=alert(1)>")
    assert await page.locator("[data-testid=log] img").count() == 0


async def test_a_message_written_offline_is_sent_when_the_network_is_back(page: Page) -> None:
    await page.context.set_offline(True)
    await ask(page, "quên mật khẩu vneid")
    await expect(page.get_by_test_id("sent").last).to_be_visible()

    await page.context.set_offline(False)

    await expect(page.get_by_text("Bước 1 / 8")).to_be_visible(timeout=ANSWER_MS)


async def test_a_step_on_the_screen_shows_its_picture(page: Page) -> None:
    await ask(page, "quên mật khẩu vneid")
    await page.get_by_role("button", name="Xong rồi").click(timeout=ANSWER_MS)
    picture = page.get_by_test_id("reply").last.get_by_role("img")

    await expect(picture).to_have_attribute("alt", re.compile(r"Ngón tay chỉ vào .Quên mật khẩu"), timeout=ANSWER_MS)
    assert await picture.evaluate("image => image.decode().then(() => image.naturalWidth)") == 360
    await expect(page.get_by_role("button", name="Xong rồi")).to_be_in_viewport()
