"""Texts as files and people bring them, which markdown would take for something else."""

TEXTS = (
    "<b>bold</b> & <script>alert(1)</script>", "=1+1", "**a** __b__ ~~c~~", ":red[x]", "$a$ $$b$$", ":smile: :+1:",
    ":material/delete: gone", "[x](http://x.example)", "![img](http://x.example/y.png)", "- a", "1. a", "# a", "`a`",
    "a -> b <- c <-> d -- e", "1 >= 2 <= 3 ~= 4", "a <http://x.example> www.x.example ada@x.example", "| a | b |",
    "---", "> quoted", "    indented", "a\\b\\\\c", "&lt;b&gt; &copy;", "מחיר 5", "مرحبا 7", "😀 happy", "footnote[^1]",
    ":streamlit: :blue-badge[b]", "***", "+ a", "a\u00a0b", "1) a", "term\n: words", "@SUM(A1)", ":small[x]",
    "[ ] still to do",
)  # fmt: skip
