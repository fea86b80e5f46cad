//! The fields that narrow and sort the rows of a table.

use leptos::prelude::*;

use super::icon::{Icon, icon};
use super::markup::{Child, Markup, element};

/// A field that narrows the rows of a table while one types.
pub fn search_field(
    label: &'static str,
    placeholder: String,
    value: Signal<String>,
    on_input: Callback<String>,
) -> Markup {
    let input = view! {
        <input
            class="field__input"
            type="search"
            aria-label=label
            placeholder=placeholder
            autocomplete="off"
            spellcheck="false"
            prop:value=value
            on:input:target=move |event| on_input.run(event.target().value())
        />
    };
    element("span", "field").child(icon(Icon::Search)).child(input.into_any())
}

/// A list to choose the order of the rows from: pairs of value and label.
pub fn order_field(
    orders: &[(&'static str, &'static str)],
    value: Signal<String>,
    on_choose: Callback<String>,
) -> Markup {
    let options: Child = orders
        .iter()
        .map(|(slug, label)| {
            let option = element("option", "").attr("value", *slug).text(*label);
            // The value of the list below has no option to choose when it is set first.
            if value.get_untracked() == *slug { option.attr("selected", "") } else { option }
        })
        .collect();
    let select = view! {
        <select
            class="field__select"
            prop:value=value
            on:change:target=move |event| on_choose.run(event.target().value())
        >
            {options}
        </select>
    };
    element("label", "field").text("Sort").child(select.into_any())
}
