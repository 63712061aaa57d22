// Builds grader/web/static/vendor (and axe-core for the browser tests) from the locked packages.
// Run: npm ci && npm run build. The output is committed, so a course needs neither npm nor a CDN.
import { build } from "esbuild";
import { cp, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const modules = join(here, "node_modules");
const vendor = join(here, "..", "static", "vendor");
const tests = join(here, "..", "..", "..", "tests", "browser", "vendor");

// Which subsets of which faces the pages use; the rest falls to the reader's own fonts.
const FACES = [
  ["@fontsource-variable/inter", "inter", ["latin", "latin-ext", "greek"], ["normal"], "Inter"],
  [
    "@fontsource-variable/source-serif-4", "source-serif-4", ["latin", "latin-ext"],
    ["normal", "italic"], "Source Serif 4",
  ],
  ["@fontsource-variable/jetbrains-mono", "jetbrains-mono", ["latin"], ["normal"], "JetBrains Mono"],
];
const RANGES = {
  latin:
    "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+2000-206F,U+20AC,U+2122," +
    "U+2190-2193,U+2212,U+FEFF,U+FFFD",
  "latin-ext":
    "U+0100-0130,U+0132-0151,U+0154-02BA,U+02BD-02C5,U+02C7-02CC,U+1E00-1E9F,U+1EF2-1EFF," +
    "U+20A0-20AB,U+2C60-2C7F,U+A720-A7FF",
  greek: "U+0370-03FF",
};

async function fonts() {
  const rules = [];
  await mkdir(join(vendor, "fonts"), { recursive: true });
  for (const [pkg, stem, subsets, styles, family] of FACES) {
    for (const style of styles) {
      for (const subset of subsets) {
        const file = `${stem}-${subset}-wght-${style}.woff2`;
        await cp(join(modules, pkg, "files", file), join(vendor, "fonts", file));
        rules.push(
          `@font-face{font-family:"${family}";font-style:${style};font-display:swap;` +
            `font-weight:200 900;src:url(${file}) format("woff2");` +
            `unicode-range:${RANGES[subset]}}`,
        );
      }
    }
  }
  await writeFile(join(vendor, "fonts", "fonts.css"), rules.join("\n") + "\n");
}

async function katex() {
  const from = join(modules, "katex", "dist");
  const to = join(vendor, "katex");
  await mkdir(join(to, "fonts"), { recursive: true });
  await cp(join(from, "katex.min.js"), join(to, "katex.min.js"));
  const css = await readFile(join(from, "katex.min.css"), "utf8");
  const woff2 = css.replace(/,url\([^)]*\.(woff|ttf)\) format\("[a-z]+"\)/g, "");
  await writeFile(join(to, "katex.min.css"), woff2);
  for (const name of await readdir(join(from, "fonts"))) {
    if (name.endsWith(".woff2")) await cp(join(from, "fonts", name), join(to, "fonts", name));
  }
}

async function plots() {
  const done = await build({
    entryPoints: [join(here, "src", "plots.js")],
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2020",
    legalComments: "none",
    metafile: true,
    absWorkingDir: here,
    outfile: join(vendor, "plots.min.js"),
  });
  const inputs = Object.keys(done.metafile.inputs);
  return inputs.map((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1]).filter(Boolean);
}

async function swagger() {
  const from = join(modules, "swagger-ui-dist");
  const to = join(vendor, "swagger-ui");
  await mkdir(to, { recursive: true });
  const js = await readFile(join(from, "swagger-ui-bundle.js"), "utf8");
  await writeFile(join(to, "swagger-ui-bundle.js"), js.replace(/\n?\/\/# sourceMappingURL=.*\s*$/, "\n"));
  const css = await readFile(join(from, "swagger-ui.css"), "utf8");
  await writeFile(join(to, "swagger-ui.css"), css.replace(/\n?\/\*# sourceMappingURL=.*?\*\/\s*$/, "\n"));
}

async function licence(pkg) {
  const folder = join(modules, pkg);
  const meta = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  const names = (await readdir(folder)).filter((name) => /^(licen[cs]e|notice)/i.test(name)).sort();
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), "utf8")));
  const head = `${meta.name} ${meta.version} (${meta.license})`;
  return `${head}\n${"=".repeat(head.length)}\n\n${texts.join("\n").trim()}\n`;
}

await rm(vendor, { recursive: true, force: true });
await mkdir(vendor, { recursive: true });
const bundled = await plots();
await Promise.all([fonts(), katex(), swagger()]);
const shipped = [...new Set([...bundled, ...FACES.map((face) => face[0]), "katex", "swagger-ui-dist"])];
const texts = await Promise.all(shipped.sort().map(licence));
await writeFile(join(vendor, "LICENSES.txt"), texts.join("\n\n"));

await mkdir(tests, { recursive: true });
await cp(join(modules, "axe-core", "axe.min.js"), join(tests, "axe.min.js"));
await cp(join(modules, "axe-core", "LICENSE"), join(tests, "axe-core.LICENSE"));
console.log(`built ${shipped.length} packages into static/vendor`);
