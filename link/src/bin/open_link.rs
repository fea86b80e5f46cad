//! The program that opens a link for the page: see `link::module`.
#![no_std]
#![no_main]

use core::panic::PanicInfo;

use link as _;

/// The page says that the program stopped; what a message would say takes more than all the rest.
#[panic_handler]
fn stop(_: &PanicInfo<'_>) -> ! {
    core::arch::wasm32::unreachable()
}
