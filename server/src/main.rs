//! The binary `muster`: reads settings and does one thing.

mod admin;
mod assets;
mod check;
mod config;
mod demo_mode;
mod errors;
mod events;
mod export;
mod headers;
mod health;
mod key;
mod limits;
mod listener;
mod logs;
mod mail;
mod measures;
mod requests;
mod router;
mod serve;
mod session;
mod shutdown;

use clap::{Parser, Subcommand};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

/// What one task allocates another frees, page after page: where that is cheap imports are quicker (ARCHITECTURE.md).
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

/// Brings people into your application from LDAP directories: see exactly what will change, then import.
#[derive(Debug, Parser)]
#[command(name = "muster", version, about)]
struct Cli {
    /// Settings as a TOML file; the environment (MUSTER_…) wins over it.
    #[arg(long, global = true, env = "MUSTER_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the application.
    Serve,
    /// Serve it with a demo directory of 1,200 people, on SQLite in a folder of its own.
    Demo {
        /// Where the database and the secret key are kept.
        #[arg(long, env = "MUSTER_DATA_DIR", default_value = "data", value_name = "FOLDER")]
        data: PathBuf,
        /// Where to listen; the settings say so otherwise.
        #[arg(long, value_name = "ADDRESS")]
        listen: Option<SocketAddr>,
    },
    /// Bring the database's schema up to date, and end.
    Migrate,
    /// Look after administrators.
    #[command(subcommand)]
    Admin(AdminCommand),
    /// Print the settings in effect, without secrets, and end.
    CheckConfig,
    /// Ask the running server whether it is well, and end: 0 when it is.
    Healthcheck,
}

#[derive(Debug, Subcommand)]
enum AdminCommand {
    /// Give a user a one-time password, which is printed once and must be replaced at sign-in.
    ResetPassword {
        /// Whose; the first administrator's name otherwise.
        #[arg(long)]
        username: Option<String>,
    },
}

fn main() -> ExitCode {
    // Before anything else: two libraries use TLS, and neither may choose for the other.
    if rustls::crypto::aws_lc_rs::default_provider().install_default().is_err() {
        eprintln!("muster: a TLS provider was installed twice");
        return ExitCode::FAILURE;
    }
    match run(Cli::parse()) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("muster: {}", app::services::report::chain(error.as_ref()));
            ExitCode::FAILURE
        }
    }
}

fn run(cli: Cli) -> Result<ExitCode, Box<dyn std::error::Error>> {
    let mut settings = config::Settings::load(cli.config.as_deref())?;
    if let Command::Demo { data, listen } = &cli.command {
        demo_mode::check(&settings)?;
        settings.data_dir = data.clone();
        settings.listen = listen.unwrap_or(settings.listen);
    }
    logs::start(&settings)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let code = runtime.block_on(async {
        match cli.command {
            Command::Serve => serve::serve(settings, None).await?,
            Command::Demo { .. } => demo_mode::serve_with_demo(settings).await?,
            Command::Migrate => admin::migrate(&settings).await?,
            Command::Admin(AdminCommand::ResetPassword { username }) => {
                admin::reset_password(&settings, username.as_deref()).await?;
            }
            Command::CheckConfig => check::print(&settings)?,
            Command::Healthcheck => return Ok(health::ask(settings.listen).await),
        }
        Ok(ExitCode::SUCCESS)
    });
    end(runtime);
    code
}

/// Ends a runtime. Threads that wait for the operating system (a name that no server resolves) are not waited for.
fn end(runtime: tokio::runtime::Runtime) {
    runtime.shutdown_timeout(Duration::from_secs(1));
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_thread_that_waits_for_ever_does_not_keep_the_program() {
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        let (begun, has_begun) = std::sync::mpsc::channel();
        let (_kept, never) = std::sync::mpsc::channel::<()>();
        runtime.spawn_blocking(move || {
            begun.send(()).expect("somebody waits");
            never.recv()
        });
        has_begun.recv().expect("it has begun");
        super::end(runtime);
    }
}
