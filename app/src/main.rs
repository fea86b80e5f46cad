//! The page program: puts the app into the page.

use app::browser::document;
use app::view::App;

fn main() {
    std::panic::set_hook(Box::new(document::show_stopped));
    if let Some(main) = document::take_main() {
        leptos::mount::mount_to(main, App).forget();
    }
}
