// Starts the real servers once for all specs: OpenLDAP with 5,000 people, PostgreSQL. `rig` stops them when its input closes.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { binary } from "./binary";

export type Rig = {
  ldap: string;
  ldaps: string;
  ca_pem: string;
  certificate_sha256: string;
  slapd_pid: string;
  base_dn: string;
  bind_dn: string;
  bind_password: string;
  root_dn: string;
  root_password: string;
  people: string;
  postgres: string;
};

export default async function start(): Promise<() => Promise<void>> {
  const rig = spawn(binary("rig"), ["--people", "5000"], { stdio: ["pipe", "pipe", "inherit"] });
  const ended = new Promise<void>((resolve) => rig.once("exit", () => resolve()));
  const line = await new Promise<string>((resolve, reject) => {
    createInterface(rig.stdout).once("line", resolve);
    rig.once("error", reject);
    rig.once("exit", (code) => reject(new Error(`rig ended with ${code} before its servers were up`)));
  });
  process.env.MUSTER_RIG = line;
  return async () => {
    rig.stdin.end();
    await ended;
  };
}

/** The servers that globalSetup started. */
export function servers(): Rig {
  return JSON.parse(process.env.MUSTER_RIG!) as Rig;
}
