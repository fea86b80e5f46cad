//! What a report that is shared looks like: asked of programs that are loaded for it alone.

use std::rc::Rc;

use serde::de::DeserializeOwned;
use share::making::{Found, Made, Packed, Request};

use crate::browser::files::Blob;
use crate::browser::task::{Program, TaskError, Tasks};
use crate::protocol;

/// A report that is being shared. Dropping it ends what is on its way.
#[derive(Debug)]
pub struct Sharing {
    tasks: Tasks,
    /// The bytes of the report.
    report: Vec<u8>,
}

impl Sharing {
    /// Starts with a report, of which the bytes are given.
    ///
    /// # Errors
    ///
    /// The browser starts no worker.
    pub fn start(report: Vec<u8>) -> Result<Self, TaskError> {
        Ok(Self { tasks: Tasks::start()?, report })
    }

    /// What the text of a log says of names, as [`Sharing::find`] takes it; `tell` hears how many
    /// bytes were read.
    ///
    /// # Errors
    ///
    /// The program cannot be had, or stops.
    pub async fn names(&self, text: &Blob, tell: Rc<dyn Fn(u64)>) -> Result<Vec<u8>, TaskError> {
        self.tasks.scan(Program::MakeLink, &[], text, tell).await
    }

    /// What is private in the report.
    ///
    /// # Errors
    ///
    /// The program cannot be had, or stops.
    pub async fn find(&self, names: Vec<u8>) -> Result<Found, TaskError> {
        self.ask(&Request::Find { names }).await
    }

    /// Links that hold the report without what is to be masked.
    ///
    /// # Errors
    ///
    /// The program cannot be had, or stops.
    pub async fn make(&self, masked: Vec<Packed>) -> Result<Made, TaskError> {
        self.ask(&Request::Make { masked }).await
    }

    /// The SVG file of a QR code with a link; `None` if the link is too long for one.
    ///
    /// # Errors
    ///
    /// The program cannot be had, or stops.
    pub async fn draw(&self, text: String) -> Result<Option<String>, TaskError> {
        let request = protocol::to_bytes(&Request::Draw { text }).unwrap_or_default();
        read(&self.tasks.run(Program::MakeLink, &request).await?)
    }

    /// The report without what is to be masked, as a document of the form with that name; in
    /// place of it the sentence on why it has no such form.
    ///
    /// # Errors
    ///
    /// A program cannot be had, or stops.
    pub async fn export(
        &self,
        form: &str,
        masked: Vec<Packed>,
    ) -> Result<Result<String, String>, TaskError> {
        let request = protocol::to_bytes(&Request::Mask { masked }).unwrap_or_default();
        let report = self.run(Program::MakeLink, request).await?;
        let mut request = protocol::to_bytes(&form).unwrap_or_default();
        request.extend(report);
        read(&self.tasks.run(Program::Export, &request).await?)
    }

    async fn ask<A: DeserializeOwned>(&self, request: &Request) -> Result<A, TaskError> {
        let request = protocol::to_bytes(request).unwrap_or_default();
        read(&self.run(Program::MakeLink, request).await?)
    }

    /// Gives a program its request with the report behind it.
    async fn run(&self, program: Program, mut request: Vec<u8>) -> Result<Vec<u8>, TaskError> {
        request.extend(&self.report);
        self.tasks.run(program, &request).await
    }
}

/// An answer of a program of this build.
fn read<A: DeserializeOwned>(answer: &[u8]) -> Result<A, TaskError> {
    protocol::from_bytes(answer).ok_or(TaskError::NotLoaded)
}
