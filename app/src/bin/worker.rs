//! The worker program. It listens for as long as the page keeps it.

fn main() {
    app::worker::serve();
}
