// API document (stdin) → src/api.ts, or the file that is named.
import { writeFileSync } from "node:fs";
import { text } from "node:stream/consumers";
import openapiTS, { astToString } from "openapi-typescript";
import ts from "typescript";

const HEAD = "// Made by `make client` of the API's document; not to be edited.\n\n";
const PREFIX = /^\^([\w:]+:)\./;
const FILTER = 'components["schemas"]["Filter"]';

// A property's name stays a pattern, so that a typo in any other name is one.
function nameWithPrefix(schema) {
  const [, prefix] = PREFIX.exec(schema.pattern ?? "") ?? [];
  if (!prefix) return undefined;
  const rest = ts.factory.createKeywordTypeNode(ts.SyntaxKind.StringKeyword);
  const span = ts.factory.createTemplateLiteralTypeSpan(rest, ts.factory.createTemplateTail(""));
  return ts.factory.createTemplateLiteralType(ts.factory.createTemplateHead(prefix), [span]);
}

// An array type that names itself must be an alias: as the type of a property TypeScript resolves it too early.
function takeOut(nodes, name) {
  const schemas = nodes.find((node) => node.name?.text === "components").members.find((member) => member.name.text === "schemas");
  const member = schemas.type.members.find((each) => each.name.text === name);
  const exported = [ts.factory.createModifier(ts.SyntaxKind.ExportKeyword)];
  const alias = ts.factory.createTypeAliasDeclaration(exported, name, undefined, member.type);
  member.type = ts.factory.createTypeReferenceNode(name);
  return alias;
}

const nodes = await openapiTS(JSON.parse(await text(process.stdin)), {
  alphabetize: true,
  defaultNonNullable: false,
  emptyObjectsUnknown: true,
  transform: nameWithPrefix,
});
const filter = astToString([takeOut(nodes, "Filter")]).replaceAll(FILTER, "Filter");
writeFileSync(process.argv[2] ?? new URL("../src/api.ts", import.meta.url), HEAD + astToString(nodes) + filter);
