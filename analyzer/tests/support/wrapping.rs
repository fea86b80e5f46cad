//! Wraps the lines of a log as programs, services and people do.

/// How programs wrap what they read, or what they keep; a second passes from line to line.
pub(crate) const BY_PROGRAMS: [(&str, &str); 46] = [
    ("ts", "Mar 13 {time} {text}"),
    ("ts -s", "{since} {text}"),
    ("ts %.s", "{epoch}.125000 {text}"),
    ("ts %s", "{epoch} {text}"),
    ("date +%s%3N", "{epoch}125 {text}"),
    ("ts -s %.s", "{number}.125000 {text}"),
    ("ts %.T", "{time}.125000 {text}"),
    ("ts %FT%T%z", "2025-03-13T{time}+0100 {text}"),
    ("ts %F %T", "2025-03-13 {time} {text}"),
    ("ts [%F %T]", "[2025-03-13 {time}] {text}"),
    ("ts %Y/%m/%d %T", "2025/03/13 {time} {text}"),
    ("ts %d/%m/%Y %T", "13/03/2025 {time} {text}"),
    ("ts %d.%m.%Y %T", "13.03.2025 {time} {text}"),
    ("ts %D %T", "03/13/25 {time} {text}"),
    ("ts %r", "{time} AM {text}"),
    ("ts %c", "Thu Mar 13 {time} 2025 {text}"),
    ("date", "Thu Mar 13 {time} CET 2025 {text}"),
    ("ts [%H:%M:%S]", "[{time}] {text}"),
    ("journalctl", "Mar 13 {time} box nixos-upgrade-start[21]: {text}"),
    ("journalctl, German", "Mär 13 {time} box nixos-upgrade-start[21]: {text}"),
    ("journalctl, French", "mars 13 {time} box nixos-upgrade-start[21]: {text}"),
    ("journalctl, Polish", "mar 13 {time} box nixos-upgrade-start[21]: {text}"),
    ("journalctl, Russian", "мар 13 {time} box nixos-upgrade-start[21]: {text}"),
    ("journalctl, Japanese", "3月 13 {time} box nixos-upgrade-start[21]: {text}"),
    ("journalctl, unknown", "Mxr 13 {time} box nixos-upgrade-start[21]: {text}"),
    ("journalctl --no-hostname", "Mar 13 {time} nixos-upgrade-start[21]: {text}"),
    ("journalctl -o short-precise", "Mar 13 {time}.000125 box nixos[21]: {text}"),
    ("journalctl -o short-iso", "2025-03-13T{time}+0100 box nixos[21]: {text}"),
    ("journalctl -o short-iso-precise", "2025-03-13T{time}.125000+01:00 box nixos[21]: {text}"),
    ("journalctl -o short-full", "Thu 2025-03-13 {time} CET box nixos[21]: {text}"),
    ("journalctl -o short-unix", "{epoch}.000125 box nixos[21]: {text}"),
    ("journalctl -o short-monotonic", "[    {number}.000125] box nixos[21]: {text}"),
    ("journalctl -o short-delta", "[    {number}.000125 <    1.000000 >] box nixos[21]: {text}"),
    ("journalctl -o with-unit", "Thu 2025-03-13 {time} CET box nixos-upgrade.service[21]: {text}"),
    (
        "journalctl -o json",
        r#"{"_UID":"0","MESSAGE":{json},"__REALTIME_TIMESTAMP":"{epoch}000000"}"#,
    ),
    (
        "journalctl -o json-sse",
        "data: {\"__REALTIME_TIMESTAMP\":\"{epoch}000000\",\"MESSAGE\":{json}}\n",
    ),
    (
        "journalctl -o json-seq",
        "\u{1e}{\"__REALTIME_TIMESTAMP\":\"{epoch}000000\",\"MESSAGE\":{json}}",
    ),
    (
        "journalctl -o json-pretty",
        "{\n\t\"MESSAGE\" : {json},\n\t\"__REALTIME_TIMESTAMP\" : \"{epoch}000000\"\n}",
    ),
    ("GitHub Actions", "2025-03-13T{time}.1234567Z {text}"),
    ("gh run view --log", "build\tRun nix build\t2025-03-13T{time}.1234567Z {text}"),
    ("GitHub Actions, copied", "Thu, 13 Mar 2025 {time} GMT {text}"),
    ("GitLab CI", "2025-03-13T{time}.123456Z 00O {text}"),
    ("Jenkins", "[2025-03-13T{time}.125Z] {text}"),
    ("Buildkite", "\u{1b}_bk;t={epoch}000\u{7}{text}"),
    ("docker logs -t", "2025-03-13T{time}.123456789Z {text}"),
    ("Docker's files", r#"{"log":{json},"stream":"stderr","time":"2025-03-13T{time}.123456789Z"}"#),
];

/// How text is wrapped in which no terminal erases anything.
pub(crate) const OF_TEXT: [(&str, &str); 18] = [
    ("ts -i", "00:00:0{odd} {text}"),
    (
        "journalctl -o verbose",
        "Thu 2025-03-13 {time}.000125 UTC [s=f1;i=1]\n    _UID=0\n    MESSAGE={text}",
    ),
    (
        "journalctl -o export",
        "__CURSOR=s=f1\n__REALTIME_TIMESTAMP={epoch}000000\nMESSAGE={text}\n_UID=0\n",
    ),
    ("docker compose", "nix-1  | {text}"),
    ("docker compose logs -t", "nix-1  | 2025-03-13T{time}.123456789Z {text}"),
    ("kubectl logs --prefix", "[pod/builder-0/nix] {text}"),
    ("several hosts", "web1: {text}"),
    ("systemd levels", "<5>{text}"),
    ("a quote", "> {text}"),
    ("an indent", "    {text}"),
    ("HTML", "{html}"),
    ("a patch", "+{text}"),
    ("cat -n", "     {number}\t{text}"),
    ("grep -n", "{number}:{text}"),
    (
        "GitHub around a journal with levels",
        "2025-03-13T04:00:00.1234567Z Mar 13 {time} box nixos[21]: <5>{text}",
    ),
    ("a quote of a quoted journal", "> > Mar 13 {time} box nixos[21]: {text}"),
    ("an indented container with ts", "    nix-1  | {time} {text}"),
    ("GitHub, copied into HTML", "2025-03-13T{time}.1234567Z {html}"),
];

/// Seconds since the epoch at 04:00:00 on 13 March 2025.
const EPOCH: u32 = 1_741_838_400;

/// Fills a pattern for the line with this number, from 0.
pub(crate) fn fill(pattern: &str, number: u32, text: &str) -> String {
    let clock = |hours: u32| {
        format!("{:02}:{:02}:{:02}", hours + number / 3600, number / 60 % 60, number % 60)
    };
    pattern
        .replace("{time}", &clock(4))
        .replace("{since}", &clock(0))
        .replace("{epoch}", &(EPOCH + number).to_string())
        .replace("{number}", &number.to_string())
        .replace("{odd}", &(number % 2).to_string())
        .replace("{json}", &json(text))
        .replace("{html}", &html(text))
        .replace("{text}", text)
}

fn html(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    text.replace('\'', "&#39;").replace('"', "&quot;")
}

/// A string of JSON.
fn json(text: &str) -> String {
    let mut json = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => json.extend(['\\', c]),
            c if c < ' ' => json.extend(["\\u00", &format!("{:02x}", u32::from(c))]),
            c => json.push(c),
        }
    }
    json + "\""
}
