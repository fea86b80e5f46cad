//! The fields that narrow and sort the rows of a table.

use leptos::prelude::*;

use super::icon::{Icon, icon};

/// A field that narrows the rows of a table while one types.
pub fn search_field(
    label: &'static str,
    placeholder: String,
    value: Memo<String>,
    on_input: Callback<String>,
) -> AnyView {
    view! {
        <span class="field">
            {icon(Icon::Search)}
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
        </span>
    }
    .into_any()
}

/// A list to choose the order of the rows from: pairs of value and label.
pub fn order_field(
    orders: &[(&'static str, &'static str)],
    value: Memo<String>,
    on_choose: Callback<String>,
) -> AnyView {
    let option = |&(slug, label): &(&'static str, &'static str)| {
        view! { <option value=slug prop:selected=move || value.with(|value| value == slug)>{label}</option> }
            .into_any()
    };
    view! {
        <label class="field">
            "Sort"
            <select
                class="field__select"
                on:change:target=move |event| on_choose.run(event.target().value())
            >
                {orders.iter().map(option).collect_view()}
            </select>
        </label>
    }
    .into_any()
}
