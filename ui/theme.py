"""How the desk looks: quiet and dense, one accent, colour only for state."""

FONT = (
    "system-ui, -apple-system, 'Segoe UI', 'PingFang SC', 'Microsoft YaHei UI', 'Microsoft YaHei', "
    "'Noto Sans CJK SC', 'Noto Sans SC', 'Source Han Sans SC', sans-serif"
)
"""Latin letters first, then the Chinese faces of macOS, Windows and Linux."""

_SHARED = {"baseFontSize": 14, "font": FONT, "headingFont": FONT, "baseRadius": "4px"}
_LIGHT = {
    "primaryColor": "#1f5fbf",
    "backgroundColor": "#ffffff",
    "secondaryBackgroundColor": "#f4f5f7",
    "textColor": "#1c2128",
    "borderColor": "#d5d9de",
    "linkColor": "#1f5fbf",
}
_DARK = {
    "primaryColor": "#6ea8fe",
    "backgroundColor": "#14171b",
    "secondaryBackgroundColor": "#1d2127",
    "textColor": "#e4e7eb",
    "borderColor": "#363c44",
    "linkColor": "#8bbaff",
}

THEME: dict[str, object] = {
    **{f"theme.{name}": value for name, value in _SHARED.items()},
    **{f"theme.light.{name}": value for name, value in _LIGHT.items()},
    **{f"theme.dark.{name}": value for name, value in _DARK.items()},
}
