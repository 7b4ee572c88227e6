/**
 * Builds what the pages load, into web/static/vendor, and the test asset axe.min.js.
 *
 *   node build.mjs           write the files
 *   node build.mjs --check   write nothing; fail where a committed file differs from what the lock builds
 *
 * The result depends on package-lock.json alone, byte for byte. Running Jalon needs none of this.
 */
import { createHash } from "node:crypto";
import { readFileSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync, transformSync } from "esbuild";
import { words } from "./workshop/words.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));
const ROOT = resolve(HERE, "../..");
const MODULES = join(HERE, "node_modules");
const VENDOR = "web/static/vendor";
const LICENCES = ["LICENSE", "LICENSE.md", "LICENSE.txt", "LICENCE", "license"];

const lock = JSON.parse(readFileSync(join(HERE, "package-lock.json"), "utf8")).packages;

/** Shipped packages, from the lock: those that are not development tools. */
function shipped() {
  return Object.entries(lock)
    .filter(([path, entry]) => path !== "" && !entry.dev)
    .map(([path, entry]) => ({ name: path.replace(/^.*node_modules\//, ""), path, ...entry }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function licenceText(path) {
  const file = LICENCES.map((name) => join(HERE, path, name)).find(existsSync);
  if (!file) return `The package has no licence file; its package.json says: ${lock[path].license}.`;
  return readFileSync(file, "utf8").replaceAll("\r\n", "\n").trim();
}

function minified(module) {
  const { name, version } = JSON.parse(readFileSync(join(MODULES, module.split("/")[0], "package.json"), "utf8"));
  const source = readFileSync(join(MODULES, module), "utf8");
  const licence = lock[`node_modules/${name}`].license;
  const { code } = transformSync(source, {
    minify: true,
    target: "es2022",
    charset: "utf8",
    legalComments: "none",
    banner: `/* ${name} ${version} (${licence}); see THIRD_PARTY_NOTICES.txt */`,
  });
  return Buffer.from(code);
}

/**
 * The modeler page: its script, its style and the font of its signs (only woff2, which every browser reads); and the
 * simulation, which it loads when it is asked for.
 */
export function workshop(minify = true) {
  const { outputFiles } = buildSync({
    absWorkingDir: HERE,
    entryPoints: { "workshop.min": "workshop/index.js", "simulation.min": "simulation/index.js", "workshop.style": "workshop/workshop.css" },
    bundle: true,
    minify,
    write: false,
    outdir: "out",
    format: "iife",
    target: "es2022",
    charset: "utf8",
    legalComments: "none",
    logLevel: "error",
    assetNames: "[name]",
    loader: { ".woff2": "file" },
    banner: {
      js: "/* Jalon's workshop, with bpmn-js (bpmn.io) and others; see THIRD_PARTY_NOTICES.txt */",
      css: "/* Jalon's workshop, with bpmn-js (bpmn.io) and others; see THIRD_PARTY_NOTICES.txt */",
    },
  });
  const names = { "workshop.style.css": "workshop.min.css" };
  const files = outputFiles.map(({ path, contents }) => [names[basename(path)] ?? basename(path), Buffer.from(contents)]);
  return Object.fromEntries(files.map(([name, bytes]) => [name, name.endsWith(".js") ? styleless(bytes) : bytes]));
}

/**
 * The policy of the pages lets no element carry a style of its own: what the libraries write so in their signs becomes
 * attributes (workshop.css says the one other). The watermark has none, and stays as it is.
 */
function styleless(bytes) {
  const painted = /style="((?:(?:fill|stroke|opacity)[a-z-]*:[^;"]+;?)+)"/g;
  const attributes = (style) => style.split(";").filter(Boolean).map((each) => each.replace(/:(.*)/, '="$1"')).join(" ");
  const code = bytes.toString("utf8").replace(painted, (_, style) => attributes(style));
  return Buffer.from(code.replace('style="height: 100%"', ""));
}

/** What packages hold of others, beside their own licence. */
const WITHIN = {
  "bpmn-js-token-simulation": "Its icons are those of Font Awesome Free 5.15.4 by @fontawesome, https://fontawesome.com (CC BY 4.0, https://fontawesome.com/license/free).",
};

function notices() {
  const parts = shipped().map(({ name, version, license, path }) => {
    const title = `${name} ${version} (${license})`;
    const within = WITHIN[name] ? `\n${WITHIN[name]}\n` : "";
    return `${title}\n${"-".repeat(title.length)}\n\n${licenceText(path)}\n${within}`;
  });
  return Buffer.from(`Jalon's pages ship these works of others.\n\n${parts.join("\n")}`);
}

function manifest(files) {
  const hashes = Object.fromEntries(
    Object.keys(files)
      .sort()
      .map((name) => [name, createHash("sha256").update(files[name]).digest("hex")]),
  );
  return Buffer.from(JSON.stringify({ algorithm: "sha256", files: hashes }, null, 2) + "\n");
}

/** Everything that is built: path from the project's root -> bytes. */
function built() {
  const vendor = { "htmx.min.js": minified("htmx.org/dist/htmx.js"), ...workshop(), "THIRD_PARTY_NOTICES.txt": notices() };
  vendor["manifest.json"] = manifest(vendor);
  const files = Object.fromEntries(Object.entries(vendor).map(([name, bytes]) => [`${VENDOR}/${name}`, bytes]));
  files["web/frontend/workshop/words.json"] = Buffer.from(JSON.stringify(words, null, 1) + "\n");
  files["tests/browser/axe.min.js"] = readFileSync(join(MODULES, "axe-core/axe.min.js"));
  files["tests/browser/axe.LICENSE.txt"] = readFileSync(join(MODULES, "axe-core/LICENSE"));
  return files;
}

function write(files) {
  for (const [path, bytes] of Object.entries(files)) {
    mkdirSync(join(ROOT, dirname(path)), { recursive: true });
    writeFileSync(join(ROOT, path), bytes);
    console.log(`${path}: ${bytes.length} bytes`);
  }
}

function check(files) {
  const different = Object.entries(files).filter(([path, bytes]) => {
    const file = join(ROOT, path);
    return !existsSync(file) || !readFileSync(file).equals(bytes);
  });
  for (const [path] of different) {
    console.error(`${path} is not what ${relative(ROOT, HERE)}/package-lock.json builds: run \`make js\` and commit it.`);
  }
  if (different.length) process.exit(1);
  console.log(`${Object.keys(files).length} built files are what the lock builds.`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) (process.argv.includes("--check") ? check : write)(built());
