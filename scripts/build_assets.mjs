// Builds everything the browser needs from node_modules, static and templates into var/assets.
// Run by `npm run build`. Writes a file only when its content changed, so it can run as often as one likes.
import { createRequire } from "node:module";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { PurgeCSS } from "purgecss";
import * as sass from "sass";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const out = join(root, "var", "assets");
const templates = join(root, "templates");
const require = createRequire(import.meta.url);
const written = new Set();

function put(name, content) {
  const path = join(out, name);
  const bytes = Buffer.from(content);
  written.add(path);
  try {
    if (readFileSync(path).equals(bytes)) return;
  } catch {
    mkdirSync(dirname(path), { recursive: true });
  }
  writeFileSync(path, bytes);
}

function copy(specifier, name) {
  put(name, readFileSync(require.resolve(specifier)));
}

function styles() {
  const built = sass.compile(join(root, "static", "scss", "app.scss"), {
    loadPaths: [join(root, "node_modules")],
    style: "compressed",
    quietDeps: true,
    // Bootstrap 5.3 is written with @import; our own partials use @use.
    silenceDeprecations: ["import", "global-builtin", "color-functions", "if-function"],
  });
  put("css/app.css", built.css);
  return built.css;
}

// The words of a template and of all that it extends or includes.
function wordsOf(name, seen) {
  if (seen.has(name)) return "";
  seen.add(name);
  const text = readFileSync(join(templates, name), "utf8").replace(/\{% comment %\}[^]*?\{% endcomment %\}/g, "");
  const named = [...text.matchAll(/\{% (?:extends|include) "([^"]+)"/g)];
  return [text, ...named.map(([, other]) => wordsOf(other, seen))].join("\n");
}

// The check pages weigh little: their sheet is the portal's, less the web fonts and every rule that nothing in
// their templates can meet. Words that only a view or a theme knows are named here.
async function checkStyles(css) {
  const seen = new Set();
  const names = readdirSync(join(templates, "dashboards")).map((name) => `dashboards/${name}`);
  const pages = names.filter((name) => (
    readFileSync(join(templates, name), "utf8").includes('{% extends "dashboards/check_base.html" %}')
  ));
  const raw = [...pages, "components/icon.html"].map((name) => wordsOf(name, seen)).join("\n");
  const [kept] = await new PurgeCSS().purge({
    content: [{ raw, extension: "html" }],
    css: [{ raw: css.replace(/@font-face\{[^}]*\}/g, "") }],
    variables: true,
    safelist: [/^(tag|banner)-(info|ok|wait|late|calm)$/],
    dynamicAttributes: ["data-theme", "href", "type", "disabled", "readonly"],
  });
  put("css/check.css", kept.css);
}

// Every font file named by the style sheet, and no other.
function fonts(css) {
  for (const [, file] of css.matchAll(/url\("?\.\.\/fonts\/([\w-]+\.woff2)"?\)/g)) {
    const family = file.startsWith("inter-") ? "inter" : "be-vietnam-pro";
    copy(`@fontsource/${family}/files/${file}`, `fonts/${file}`);
  }
}

function letterFonts() {
  const faces = { Regular: "400Regular", Bold: "700Bold", Italic: "400Regular_Italic", BoldItalic: "700Bold_Italic" };
  for (const [style, folder] of Object.entries(faces)) {
    copy(`@expo-google-fonts/tinos/${folder}/Tinos_${folder}.ttf`, `letter-fonts/Tinos-${style}.ttf`);
  }
  // Names of Khmer people, nearly a third of the province.
  for (const style of ["400Regular", "700Bold"]) {
    copy(`@expo-google-fonts/noto-serif-khmer/NotoSerifKhmer_${style}.ttf`, `letter-fonts/NotoSerifKhmer-${style.slice(3)}.ttf`);
  }
}

// One sprite with the icons of static/icons.txt; a name that the icon set lacks stops the build.
function icons() {
  const names = readFileSync(join(root, "static", "icons.txt"), "utf8").split("\n").map((line) => line.trim());
  const folder = dirname(require.resolve("bootstrap-icons/icons/search.svg"));
  const symbols = names.filter(Boolean).sort().map((name) => {
    let svg;
    try {
      svg = readFileSync(join(folder, `${name}.svg`), "utf8");
    } catch {
      throw new Error(`static/icons.txt: bootstrap-icons has no icon "${name}"`);
    }
    const [, box, body] = svg.match(/viewBox="([^"]+)"[^>]*>([\s\S]*)<\/svg>/);
    return `<symbol id="${name}" viewBox="${box}">${body.replace(/\s*\n\s*/g, "")}</symbol>`;
  });
  put("icons.svg", `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("\n")}</svg>\n`);
}

function sweep(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) sweep(path);
    else if (!written.has(path)) rmSync(path);
  }
}

const css = styles();
fonts(css);
await checkStyles(css);
letterFonts();
icons();
copy("htmx.org/dist/htmx.min.js", "js/htmx.min.js");
sweep(out);
console.log(`var/assets: ${written.size} files`);
