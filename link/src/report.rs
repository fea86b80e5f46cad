//! What a report is made of: its fields in their order, as the analyzer declares them.

use crate::shape::Shape::{self, Float, Left, List, Number, Optional, Record, Signed, Text};

const OPTIONAL_NUMBER: Shape = Optional(&Number);
const OPTIONAL_SIGNED: Shape = Optional(&Signed);
const OPTIONAL_FLOAT: Shape = Optional(&Float);
const OPTIONAL_TEXT: Shape = Optional(&Text);
const TEXTS: Shape = List(&Text);

/// Declares a record: its shape, and the places of its fields.
macro_rules! record {
    ($shape:ident, $name:ident { $($field:ident: $of:expr),* $(,)? }) => {
        #[allow(dead_code, reason = "what no link has keeps its place")]
        #[derive(Clone, Copy)]
        pub(crate) enum $name { $($field),* }

        impl From<$name> for usize {
            fn from(field: $name) -> Self {
                field as Self
            }
        }

        pub(crate) const $shape: Shape = Record(&[$($of),*]);
    };
}

record!(
    REPORT,
    Report {
        Schema: Number,
        Source: SOURCE,
        Runs: List(&RUN),
        Findings: List(&FINDING),
        Notes: TEXTS,
    }
);

record!(
    SOURCE,
    Source {
        Bytes: Number,
        Lines: Number,
        Encoding: Text,
        Compression: OPTIONAL_TEXT,
        Envelopes: TEXTS,
        Dialects: TEXTS,
        Understood: Number,
        Truncated: Number,
        Listing: Optional(&LISTING),
    }
);

record!(LISTING, Listing { Kind: Number, Paths: Number, Bytes: OPTIONAL_NUMBER, Lines: Left });

record!(
    FINDING,
    Finding {
        Id: Text,
        Severity: Number,
        Text: Text,
        Article: OPTIONAL_TEXT,
        Run: Number,
        Lines: Left,
    }
);

record!(
    RUN,
    Run {
        Command: OPTIONAL_TEXT,
        Tool: OPTIONAL_NUMBER,
        Host: OPTIONAL_TEXT,
        Flavour: OPTIONAL_NUMBER,
        Outcome: Number,
        Activated: OPTIONAL_NUMBER,
        Lines: Left,
        Time: SPAN,
        Stages: List(&STAGE),
        Timeline: TIMELINE,
        Plan: Optional(&PLAN),
        Derivations: List(&DERIVATION),
        Fetches: Left,
        Changes: List(&CHANGE),
        Closure: Optional(&CLOSURE),
        Inputs: List(&INPUT),
        Failures: List(&FAILURE),
        Warnings: List(&WARNING),
        Activation: Optional(&ACTIVATION),
        System: Optional(&SYSTEM),
        Reboot: REBOOT,
        Garbage: Optional(&GARBAGE),
        Counts: Optional(&COUNTS),
    }
);

record!(
    SPAN,
    Span {
        Total: OPTIONAL_FLOAT,
        Low: OPTIONAL_FLOAT,
        High: OPTIONAL_FLOAT,
        Grade: Number,
        From: OPTIONAL_TEXT,
        To: OPTIONAL_TEXT,
        Because: Text,
        Lines: Left,
    }
);

record!(STAGE, Stage { Which: Number, From: OPTIONAL_FLOAT, Time: SPAN });

record!(
    TIMELINE,
    Timeline {
        Axis: Number,
        Slots: OPTIONAL_NUMBER,
        Chain: TEXTS,
        ChainSeconds: OPTIONAL_FLOAT,
        ChainInferred: Number,
        LowerBound: OPTIONAL_FLOAT,
        Binds: OPTIONAL_NUMBER,
        Edges: Left,
    }
);

record!(
    PLAN,
    Plan {
        Builds: OPTIONAL_NUMBER,
        Fetches: OPTIONAL_NUMBER,
        Download: OPTIONAL_NUMBER,
        Unpacked: OPTIONAL_NUMBER,
        Lines: Left,
    }
);

record!(
    DERIVATION,
    Derivation {
        Drv: Left,
        Name: Text,
        Version: OPTIONAL_TEXT,
        Kind: Number,
        Planned: Number,
        Started: Number,
        Status: Number,
        Host: Left,
        Time: Optional(&SPAN),
        From: OPTIONAL_FLOAT,
        Drag: OPTIONAL_FLOAT,
        Silence: Left,
        CausedByInput: Left,
        Phases: Left,
        LogLines: Left,
        WhyBuilt: Left,
        Lines: Left,
    }
);

record!(
    CHANGE,
    Change {
        Name: Text,
        Subject: Number,
        Kind: Number,
        Level: OPTIONAL_NUMBER,
        Old: TEXTS,
        New: TEXTS,
        OldCount: OPTIONAL_NUMBER,
        NewCount: OPTIONAL_NUMBER,
        SizeDelta: OPTIONAL_SIGNED,
        Selected: OPTIONAL_NUMBER,
        Family: OPTIONAL_TEXT,
        RenamedFrom: OPTIONAL_TEXT,
        NixOrder: OPTIONAL_NUMBER,
        Source: Number,
        Lines: Left,
    }
);

record!(
    CLOSURE,
    Closure {
        Old: OPTIONAL_NUMBER,
        New: OPTIONAL_NUMBER,
        Delta: OPTIONAL_SIGNED,
        Added: OPTIONAL_NUMBER,
        Removed: OPTIONAL_NUMBER,
        Lines: Left,
    }
);

record!(
    INPUT,
    Input {
        Name: Text,
        Kind: Number,
        Old: Optional(&REVISION),
        New: Optional(&REVISION),
        Lines: Left,
    }
);

record!(
    REVISION,
    Revision {
        Url: OPTIONAL_TEXT,
        Rev: OPTIONAL_TEXT,
        Date: OPTIONAL_TEXT,
        Follows: OPTIONAL_TEXT,
    }
);

record!(
    FAILURE,
    Failure {
        Root: Number,
        Class: Number,
        Drv: Left,
        Name: OPTIONAL_TEXT,
        Version: OPTIONAL_TEXT,
        ExitCode: OPTIONAL_SIGNED,
        CausedBy: OPTIONAL_TEXT,
        Unit: OPTIONAL_TEXT,
        Remedy: OPTIONAL_TEXT,
        Message: Text,
        Excerpt: TEXTS,
        ExcerptLines: Left,
        ErrorLine: Left,
        Output: Left,
        Details: DETAILS,
        Lines: Left,
    }
);

record!(
    DETAILS,
    Details {
        Specified: OPTIONAL_TEXT,
        Got: OPTIONAL_TEXT,
        Signal: OPTIONAL_TEXT,
        Position: OPTIONAL_TEXT,
        Dependencies: OPTIONAL_NUMBER,
    }
);

record!(WARNING, Warning { Message: Text, Count: Number, Class: Number, Lines: Left });

record!(
    ACTIVATION,
    Activation {
        Units: UNITS,
        UnitLines: UNIT_LINES,
        Bootloader: OPTIONAL_TEXT,
        BootloaderLines: Left,
        Lines: Left,
    }
);

record!(
    UNITS,
    Units {
        Stopped: TEXTS,
        Started: TEXTS,
        Restarted: TEXTS,
        Reloaded: TEXTS,
        NotRestarted: TEXTS,
        New: TEXTS,
        Failed: TEXTS,
    }
);

const UNIT_LINES: Shape = Record(&[Left, Left, Left, Left, Left, Left, Left]);

record!(
    SYSTEM,
    System { Path: Left, Label: OPTIONAL_TEXT, Generation: OPTIONAL_NUMBER, Lines: Left }
);

record!(REBOOT, Reboot { Verdict: Number, Reasons: List(&REASON) });

record!(REASON, Reason { What: Text, Lines: Left });

record!(GARBAGE, Garbage { Freed: OPTIONAL_NUMBER, Deleted: OPTIONAL_NUMBER, Lines: Left });

record!(
    COUNTS,
    Counts {
        Derivations: Optional(&SIX_NUMBERS),
        Stores: List(&STORE),
        Changes: Optional(&EIGHT_NUMBERS),
        Inputs: OPTIONAL_NUMBER,
        Failures: Optional(&TWO_NUMBERS),
        Warnings: Optional(&TWO_NUMBERS),
        Units: Optional(&SEVEN_NUMBERS),
    }
);

const TWO_NUMBERS: Shape = Record(&[Number, Number]);
const SIX_NUMBERS: Shape = Record(&[Number, Number, Number, Number, Number, Number]);
const SEVEN_NUMBERS: Shape = Record(&[Number, Number, Number, Number, Number, Number, Number]);
const EIGHT_NUMBERS: Shape =
    Record(&[Number, Number, Number, Number, Number, Number, Number, Number]);

record!(
    STORE,
    Store {
        Name: OPTIONAL_TEXT,
        Direction: Number,
        Copied: Number,
        Planned: Number,
        Failed: Number,
        Sized: Number,
        Bytes: Number,
        Retries: Number,
    }
);
