from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hocvu.content.notices import load_notices
from hocvu.privacy.masking import Masked, PersonalData, is_nothing_but_masks, mask
from hocvu.settings import PROJECT_ROOT

LABELS = load_notices(PROJECT_ROOT / "knowledge" / "notices.yml").masks
EMAIL, CARD, IDENTITY, PHONE, CODE, PASSWORD = (LABELS[kind] for kind in PersonalData)

PIECES = [
    "mã ", "ma ", "otp ", "là ", "mật khẩu ", "mk: ", "cccd ", "thẻ ", "gọi ", "chuyển ", " đồng", " triệu", "đ", "@",
    "a@b.vn", "079085001234", "123456789", "4111 1111 1111 1111", "0912345678", "+84", "1900 0368", "2024", "482913",
    "12", "7", " ", ".", "-", ",", "/", "\n", "７", "xin chào ", " bên kia gửi về cho tôi là ",
]  # fmt: skip
texts = st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=8).map("".join))


@pytest.mark.parametrize(
    "text",
    [
        "079085001234",
        "079 085 001 234",
        "079.085.001.234",
        "079-085-001-234",
        "０７９０８５００１２３４",
        "123456789",
        "123 456 789",
        "１２３４５６７８９",
    ],
)
def test_identity_numbers_are_masked(text):
    assert mask(f"căn cước {text} nhé", LABELS).text == f"căn cước {IDENTITY} nhé"


@pytest.mark.parametrize(
    "text",
    ["4111111111111111", "4111 1111 1111 1111", "4111-1111-1111-1111", "9704 1985 2619 1432 198", "378282246310005"],
)
def test_bank_cards_that_pass_luhn_are_masked(text):
    assert mask(f"thẻ {text} nhé", LABELS) == Masked(f"thẻ {CARD} nhé", (PersonalData.BANK_CARD,))


@pytest.mark.parametrize("text", ["4111111111111112", "4111 1111 1111 1112"])
def test_sixteen_digits_that_fail_luhn_are_not_called_a_card(text):
    assert PersonalData.BANK_CARD not in mask(f"thẻ {text} nhé", LABELS).found


@pytest.mark.parametrize(
    "text",
    [
        "0912345678",
        "0912 345 678",
        "0912.345.678",
        "0912-345-678",
        "+84912345678",
        "+84 912 345 678",
        "(091) 234 5678",
        "０９１２３４５６７８",
        "024 3825 1234",
    ],
)
def test_telephone_numbers_are_masked(text):
    assert mask(f"số tôi là {text} nhé", LABELS) == Masked(f"số tôi là {PHONE} nhé", (PersonalData.PHONE_NUMBER,))


@pytest.mark.parametrize("text", ["lan.nguyen@gmail.com", "hoa+1@mail.com.vn", "a_b@x-y.vn"])
def test_mail_addresses_are_masked(text):
    assert mask(f"thư {text}, nhé", LABELS) == Masked(f"thư {EMAIL}, nhé", (PersonalData.EMAIL,))


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("ma otp la 482913", f"ma otp la {CODE}"),
        ("mã xác thực: 12 34 56", f"mã xác thực: {CODE}"),
        ("482913 là mã otp của tôi", f"{CODE} là mã otp của tôi"),
        ("mã: ４８２９１３", f"mã: {CODE}"),
        ("Ma OTP:4829.", f"Ma OTP:{CODE}."),
        ("nó bắt nhập passcode, tôi gõ 135790", f"nó bắt nhập passcode, tôi gõ {CODE}"),
    ],
)
def test_codes_beside_a_word_for_code_are_masked(text, masked):
    assert mask(text, LABELS) == Masked(masked, (PersonalData.ONE_TIME_CODE,))


@pytest.mark.parametrize("text", ["cvv 123", "mã cvc là 987"])
def test_the_three_digits_on_the_back_of_a_card_are_masked(text):
    assert mask(text, LABELS).found == (PersonalData.ONE_TIME_CODE,)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("mật khẩu của tôi là Hoa1970@", f"mật khẩu của tôi là {PASSWORD}"),
        ("mat khau vneid la hoa1970", f"mat khau vneid la {PASSWORD}"),
        ("mk: 12345678", f"mk: {PASSWORD}"),
        ("password = Abc@123 nhé", f"password = {PASSWORD} nhé"),
        ("mật khẩu mới là: Hoa1970@", f"mật khẩu mới là: {PASSWORD}"),
    ],
)
def test_passwords_named_as_such_are_masked(text, masked):
    assert mask(text, LABELS) == Masked(masked, (PersonalData.PASSWORD,))


@pytest.mark.parametrize("text", ["mật khẩu là gì", "mật khẩu VNeID là gì mà nó đòi 8 số", "quên mật khẩu"])
def test_a_question_about_passwords_stays(text):
    assert mask(text, LABELS) == Masked(text, ())


@pytest.mark.parametrize("text", ["mật khẩu là 8 ký tự đúng không", "mat khau la 8 so hay 6 so"])
def test_the_length_of_a_password_is_not_a_password(text):
    assert mask(text, LABELS) == Masked(text, ())


def test_several_kinds_in_one_message_are_all_masked_and_named():
    masked = mask("cccd 079085001234, sđt 0912345678, thư a@b.vn, otp 123456, mk: x1@", LABELS)

    assert masked.text == f"cccd {IDENTITY}, sđt {PHONE}, thư {EMAIL}, otp {CODE}, mk: {PASSWORD}"
    assert set(masked.found) == set(PersonalData) - {PersonalData.BANK_CARD}


@pytest.mark.parametrize(
    "text",
    [
        "chuyển 500000000 đồng",
        "chuyển 500.000.000đ",
        "chuyen 150 000 000 vnd",
        "gửi 1000000000 đ cho con",
        "2 triệu",
        "quét mã trả 50.000đ",
        "mã này 1500k",
    ],
)
def test_amounts_of_money_stay(text):
    assert mask(text, LABELS) == Masked(text, ())


def test_an_amount_written_with_a_plain_d_stays():
    assert mask("chuyen 500000000d cho con", LABELS).found == ()


@pytest.mark.parametrize(
    "text",
    [
        "năm 2024 tôi 70 tuổi",
        "mã xác thực năm 2024",
        "gọi 1900 0368",
        "gọi 19000368",
        "gọi 113",
        "gọi 18001096",
        "gọi 156 hay 5656",
        "nghị định 69/2024",
        "mã định danh theo nghị định 69/2024/NĐ-CP",
        "bước 3 và bước 12",
        "mã hồ sơ nộp ngày 20/11/2026 lúc 7:30",
    ],
)
def test_numbers_that_are_nobodys_secret_stay(text):
    assert mask(text, LABELS) == Masked(text, ())


@pytest.mark.parametrize("text", ["không có mã OTP thì gọi 1900 0368 à", "mã không về, gọi 18001096 hay 19000368"])
def test_a_hotline_beside_a_word_for_code_stays(text):
    assert mask(text, LABELS) == Masked(text, ())


@pytest.mark.parametrize("text", ["xác thực theo quyết định 2345 là gì", "mã thủ tục 1.004222 là gì"])
def test_the_number_of_a_rule_beside_a_word_for_code_stays(text):
    assert mask(text, LABELS) == Masked(text, ())


@pytest.mark.parametrize("text", ["hẹn ngày 20-11-2026 9 giờ", "20.11.2026 8 giờ", "mã hồ sơ ngày 20-11-2026"])
def test_a_date_written_with_dashes_or_dots_stays(text):
    assert mask(text, LABELS) == Masked(text, ())


@pytest.mark.parametrize(
    "text", ["4111 1111 1111 1111 12/26", "4111 1111 1111 1111 12 26", "4111111111111111 123 là số thẻ"]
)
def test_a_card_with_its_expiry_or_check_digits_behind_it_is_masked(text):
    assert PersonalData.BANK_CARD in mask(text, LABELS).found


@pytest.mark.parametrize("text", ["079085001234 123456", "079085001234 1958", "123456789 0912345678"])
def test_an_identity_number_with_another_number_behind_it_is_masked(text):
    assert PersonalData.IDENTITY_NUMBER in mask(text, LABELS).found


def test_a_code_that_is_said_again_far_from_its_word_is_masked_there_too():
    text = "mã otp là 482913. Tôi nhập vào ô rồi mà máy cứ báo sai hoài, giờ nhập lại 482913 thì sao"

    assert "482913" not in mask(text, LABELS).text


@given(texts)
def test_masking_never_fails_and_names_only_what_it_replaced(text):
    masked = mask(text, LABELS)

    assert (masked.text == text) == (masked.found == ())
    assert all(LABELS[kind] in masked.text for kind in masked.found)


@given(texts)
@example("1234 bên kia gửi về cho tôi là 48291356 otp")
@example("mk: abc1 là: xyz2")
def test_masking_twice_is_masking_once(text):
    masked = mask(text, LABELS).text

    assert mask(masked, LABELS).text == masked


@given(
    st.sampled_from(["079085001234", "0912345678", "4111111111111111", "lan@gmail.com"]),
    st.lists(st.sampled_from(["xin chào", "mã", "thẻ", "\n", "là", "cháu ơi", "năm 2024", "2 triệu"])),
    st.lists(st.sampled_from(["nhé", "ạ", "otp", "\n", "của tôi", "giúp"])),
)
def test_a_secret_between_words_never_stays(secret, before, after):
    text = " ".join([*before, secret, *after])

    assert secret not in mask(text, LABELS).text


@pytest.mark.parametrize("text", ["079085001234", "  0912345678 !", "a@b.vn, 0912345678", "👍"])
def test_a_message_of_masks_alone_holds_no_question(text):
    assert is_nothing_but_masks(mask(text, LABELS).text, LABELS)


def test_a_message_with_words_beside_its_masks_holds_a_question():
    assert not is_nothing_but_masks(mask("số 0912345678 là của ai", LABELS).text, LABELS)
