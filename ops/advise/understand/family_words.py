"""Other words for what a plant measures: everyday ones, German and Chinese, by English titles."""

from collections.abc import Mapping

OTHERWISE: Mapping[str, tuple[str, ...]] = {  # by the key of how titles begin
    "ballshear": (
        "shear force*", "shear strength*", "shear test*", "shear value*", "scherkraft*",
        "scherkräfte*", "scherwert*", "schertest*", "scherfestigkeit*", "kugelscher*",
        "ballscher*", "焊球剪切力", "焊球剪切", "球剪切", "剪切力", "剪切", "推球",
    ),
    "bondpull": (
        "pull strength*", "pull force*", "pull test*", "pull value*", "wire pull*", "abreisskraft*",
        "abreisskräfte*", "zugkraft*", "zugkräfte*", "zugtest*", "pulltest*", "拉力", "焊线拉力",
        "拉线力",
    ),
    "loopheight": (
        "schleifenhöhe*", "loophöhe*", "bogenhöhe*", "drahtbogenhöhe*", "线弧高度", "弧高",
        "线弧高",
    ),
    "xray": ("röntgen*", "x光", "x射线", "x光机"),
    "wiresthatdonotstick": (
        "wires stick", "wire sticks", "non stick*", "nonstick*", "drähte haften",
        "nicht haftende*", "不粘", "虚焊",
    ),
}  # fmt: skip
