"""Invented enterprises, their sites and signers. Districts, communes and zones are real; nothing else is."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Firm:
    """One enterprise with one or two sites, each (name, address, commune code, zone code or None)."""

    tax_code: str
    name: str
    signer: str
    title: str
    contact: str
    phone: str
    workers: int
    sites: tuple[tuple[str, str, str, str | None], ...]


FIRMS = (
    Firm(
        "2100100019",
        "Công ty TNHH May mặc Ánh Dương",
        "Phạm Văn Đằng",
        "Giám đốc",
        "Lê Thị Mỹ Ẩn",
        "0912345001",
        149,
        (
            ("May Ánh Dương, xưởng Long Đức", "Lô B7", "29263", "long-duc"),
            ("May Ánh Dương, xưởng Cầu Kè", "Ấp Rùm Sóc", "29308", None),
            ("May Ánh Dương, xưởng Tiểu Cần", "Khóm 2", "29341", None),
        ),
    ),
    Firm(
        "2100101710",
        "Công ty CP Bao bì Long Toàn",
        "Trần Minh Nhựt",
        "Tổng giám đốc",
        "Kim Thị Sa Vann",
        "0912345002",
        96,
        (("Bao bì Long Toàn", "Quốc lộ 53, ấp Giồng Giếng", "29515", None),),
    ),
    Firm(
        "2100102418",
        "Công ty TNHH Giày da Mỹ Ẩn",
        "Nguyễn Hữu Đạt",
        "Giám đốc",
        "Thạch Thị Hồng",
        "0912345003",
        1836,
        (("Giày da Mỹ Ẩn", "Lô C3", "29263", "long-duc"),),
    ),
    Firm(
        "2100103115",
        "Công ty TNHH Dừa sấy Càng Long",
        "Võ Thị Ngọc Ánh",
        "Giám đốc",
        "Sơn Minh Trí",
        "0912345004",
        123,
        (("Dừa sấy Càng Long", "Khóm 3", "29266", None),),
    ),
    Firm(
        "2100104817",
        "Công ty CP Thủy sản Cửu Long Xanh",
        "Lâm Quốc Ẩn",
        "Tổng giám đốc",
        "Đỗ Thị Thắm",
        "0912345005",
        288,
        (("Thủy sản Cửu Long Xanh", "Ấp Hạnh Mỹ", "29431", None),),
    ),
    Firm(
        "2100105514",
        "Công ty TNHH Cơ khí Bến Có",
        "Huỳnh Văn Đặng",
        "Giám đốc",
        "Ngô Thị Yến",
        "0912345006",
        77,
        (("Cơ khí Bến Có", "Ấp Bến Có", "29398", None),),
    ),
    Firm(
        "2100106211",
        "Công ty CP Lương thực Cầu Kè",
        "Trương Thị Đẹp",
        "Giám đốc",
        "Lý Ngọc Thành",
        "0912345007",
        100,
        (("Chế biến gạo Cầu Kè", "Khóm 5", "29308", None),),
    ),
    Firm(
        "2100107913",
        "Công ty CP May xuất khẩu Duyên Hải",
        "Đặng Thúy Hằng",
        "Giám đốc",
        "Phan Văn Sang",
        "0912345008",
        361,
        (("May xuất khẩu Duyên Hải", "Khóm 1", "29512", "dinh-an"),),
    ),
    Firm(
        "2100108610",
        "Công ty TNHH Điện tử Long Đức",
        "Kiên Thị Sô Phia",
        "Giám đốc",
        "Bùi Quang Vinh",
        "0912345009",
        412,
        (("Điện tử Long Đức", "Lô A2", "29263", "long-duc"),),
    ),
    Firm(
        "2100109318",
        "Công ty TNHH Gạch tuynel Tiểu Cần",
        "Nguyễn Thành Ý",
        "Giám đốc",
        "Trần Thị Ửng",
        "0912345010",
        45,
        (("Gạch tuynel Tiểu Cần", "Khóm 2", "29341", None),),
    ),
    Firm(
        "2100110017",
        "Công ty CP Dược phẩm Trà Cú",
        "Hứa Văn Tỷ",
        "Tổng giám đốc",
        "Châu Thị Mỹ",
        "0912345011",
        210,
        (("Dược phẩm Trà Cú", "Khóm 4", "29461", None),),
    ),
    Firm(
        "2100111719",
        "Công ty TNHH Đông lạnh Mỹ Long",
        "Dương Thị Ngọc",
        "Giám đốc",
        "Kim Ngọc Diễm",
        "0912345012",
        149,
        (("Đông lạnh Mỹ Long", "Khóm 3", "29419", None),),
    ),
    Firm(
        "2100112416",
        "Công ty TNHH Nhựa Định An",
        "Lưu Quang Ẩn",
        "Giám đốc",
        "Mai Thị Ứng",
        "0912345013",
        188,
        (("Nhựa Định An", "Ấp Chợ", "29494", "dinh-an"),),
    ),
    Firm(
        "2100113113",
        "Công ty TNHH Than gáo dừa Nhị Long",
        "Cao Văn Bảy",
        "Giám đốc",
        "Hà Thị Ngân",
        "0912345014",
        62,
        (("Than gáo dừa Nhị Long", "Ấp Rạch Rô", "29302", None),),
    ),
    Firm(
        "2100114815",
        "Công ty CP Dệt Trà Cú",
        "Tô Minh Khôi",
        "Tổng giám đốc",
        "Đinh Thị Lụa",
        "0912345015",
        83,
        (("Dệt Trà Cú, xưởng nhuộm", "Khóm 6", "29461", None),),
    ),
    Firm(
        "2100115512",
        "Công ty TNHH Thức ăn chăn nuôi Tân An",
        "Ông Văn Kiệt",
        "Giám đốc",
        "Phùng Thị Nhã",
        "0912345016",
        134,
        (("Thức ăn chăn nuôi Tân An", "Ấp Tân Tiến", "29281", None),),
    ),
)
