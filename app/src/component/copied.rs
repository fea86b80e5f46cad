//! A table as text for other programs: cells between tabs, and HTML.

use super::markup::{Child, Markup};

/// Rows of cells, the headings first.
pub type Cells = Vec<Vec<String>>;

/// The text of what stands in a cell, as it is read on the page; what only those hear who do not
/// see it is left out.
pub fn text(child: &Child) -> String {
    let mut text = String::new();
    add(child, &mut text);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn add(child: &Child, text: &mut String) {
    match child {
        Child::Text(part) => *text += part,
        Child::Element(markup) => add_element(markup, text),
        Child::Many(children) => children.iter().for_each(|child| add(child, text)),
        Child::View(_) => {}
    }
}

fn add_element(markup: &Markup, text: &mut String) {
    if !markup.is_only_spoken() {
        markup.contents().iter().for_each(|child| add(child, text));
    }
}

/// Cells between tabs, rows between line ends.
pub fn to_tabs(rows: &Cells) -> String {
    let line = |row: &Vec<String>| row.join("\t") + "\n";
    rows.iter().map(line).collect()
}

/// A table of HTML.
pub fn to_html(rows: &Cells) -> String {
    let mut html = String::from("<table>");
    for (index, row) in rows.iter().enumerate() {
        let tag = if index == 0 { "th" } else { "td" };
        html += "<tr>";
        for cell in row {
            html += &["<", tag, ">", &escape(cell), "</", tag, ">"].concat();
        }
        html += "</tr>";
    }
    html + "</table>"
}

/// Text that stays text in HTML.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::super::markup::{element, quoted, spoken};
    use super::*;

    fn rows() -> Cells {
        [["Name", "Size"], ["a<b>&c", "4 MiB"]].map(|row| row.map(str::to_owned).to_vec()).to_vec()
    }

    #[test]
    fn what_is_seen_is_copied_and_what_is_only_heard_is_not() {
        let link = element("a", "").text("commits").child(spoken(" of nixpkgs"));
        let cell: Child = (quoted("ollama-0.6.0"), "  on ", link).into();
        assert_eq!(text(&cell), "ollama-0.6.0 on commits");
        assert_eq!(text(&Child::nothing()), "");
    }

    #[test]
    fn other_programs_get_cells() {
        assert_eq!(to_tabs(&rows()), "Name\tSize\na<b>&c\t4 MiB\n");
        assert_eq!(
            to_html(&rows()),
            "<table><tr><th>Name</th><th>Size</th></tr>\
             <tr><td>a&lt;b&gt;&amp;c</td><td>4 MiB</td></tr></table>"
        );
    }
}
