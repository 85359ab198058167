// Bundle each page's script into a folder; what only some readers use comes apart.
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";

const [out] = process.argv.slice(2);
if (!out) throw new Error("usage: node build.js FOLDER");

await rm(out, { recursive: true, force: true });
const { metafile } = await build({
  entryPoints: ["src/query.ts", "src/overview.ts"],
  outdir: out,
  bundle: true,
  splitting: true,
  format: "esm",
  target: "es2022",
  minify: true,
  legalComments: "none", // the licences stand whole in a file of their own
  chunkNames: "[name]-[hash]",
  logLevel: "warning",
  metafile: true,
});
await writeFile(join(out, "LICENSES.txt"), await licences(Object.keys(metafile.inputs)));

/** Gather the licences of all packages that something in the bundle comes from. */
async function licences(inputs) {
  const packages = inputs.map((path) => path.match(/^node_modules\/((?:@[^/]+\/)?[^/]+)\//)?.[1]);
  const named = [...new Set(packages.filter(Boolean))].sort();
  return (await Promise.all(named.map(licence))).join("\n\n");
}

async function licence(name) {
  const folder = join("node_modules", name);
  const { version, license } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
  if (!file) throw new Error(`${name} carries no licence`);
  return `${name} ${version} (${license})\n\n${await readFile(join(folder, file), "utf8")}`;
}
