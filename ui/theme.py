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
    "textColor": "#0e1116",
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

STYLE = """<style>
.stMainBlockContainer { padding-top: 3.4rem; }
.st-key-who { position: fixed; top: .6rem; right: 3.5rem; z-index: 999991; width: auto; }
.st-key-who button, [class*=st-key-trust-] button { border: 0; background: none; min-height: 0; }
.st-key-meeting-bar a[disabled] * { color: light-dark(#0e1116, #e4e7eb); font-weight: 600; }
[data-testid^=stBaseButton-primary]:enabled * { color: light-dark(#ffffff, #14171b); }
.stCheckbox label * { white-space: normal; }
[class*=st-key-trust-], [class*=st-key-preview-line-] { flex-wrap: nowrap; }
[class*=st-key-figures-] table { font-size: 12px; }
[class*=st-key-figures-] :is(th, td) { padding: 3px 7px; }
@media (min-width: 640px) {
  [class*=st-key-preview-] .stHorizontalBlock:has(> .stElementContainer > .stText) {
    flex-wrap: nowrap;
  }
}
@media (pointer: coarse) {
  [data-testid=stTopNavLink], [data-testid=stPageLink-NavLink], .stMain button, .st-key-who button,
  .stMain label:has(input[type=checkbox]) { min-height: 34px; }
  .stMain button { min-width: 34px; }
  .stMain input, .stMain textarea { font-size: 16px; }
}
</style>"""
"""Name and language beside the names of the pages, above everything that scrolls; the page begins
right below. In the bar of a meeting the page that is open stands out instead of fading, and no
button has white words on the light blue of the dark look, or on nothing while it is disabled."""

THEME: dict[str, object] = {
    **{f"theme.{name}": value for name, value in _SHARED.items()},
    **{f"theme.light.{name}": value for name, value in _LIGHT.items()},
    **{f"theme.dark.{name}": value for name, value in _DARK.items()},
}
