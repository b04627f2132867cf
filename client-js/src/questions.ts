import type { components } from "./api.js";
import type { Connection, Options } from "./connection.js";

type Schemas = components["schemas"];

export type Metric = Schemas["Metric"];
export type Dimension = Schemas["Dimension"];
export type Filter = Schemas["Filter"];
export type DateRange = Schemas["DateRange"];
export type Answer = Schemas["Answer"];
export type Question = Omit<Schemas["Question"], "site_id">;
export type MetricValue = Answer["results"][number]["metrics"][number];

/** A row under the names of what was asked: `{ "event:page": "/", visitors: 12 }`. */
export type Row<M extends Metric, D extends Dimension> = { [Name in M]: ValueOf<Name> } & { [Name in D]: string };
type ValueOf<Name extends Metric> = Name extends "total_revenue" | "average_revenue"
  ? Exclude<MetricValue, number>
  : Name extends "visitors" | "visits" | "pageviews" | "events"
    ? number
    : number | null;

export type ReportName = keyof Schemas["ReportQuestions"];
export type ReportQuestion<Name extends ReportName> = Omit<Schemas["ReportQuestions"][Name], "site_id">;
export type ReportAnswer<Name extends ReportName> = Schemas["ReportAnswers"][Name];

export class Questions {
  constructor(private readonly connection: Connection) {}

  /** The answer to a question, as the API gives it. */
  query(question: Question, options?: Options): Promise<Answer> {
    return this.connection.send("POST", "/api/v1/query", { site_id: this.connection.site, ...question }, {}, options);
  }

  /** The answer's rows, each under the names of its dimensions and metrics. */
  async rows<const M extends Metric, const D extends Dimension = never>(
    question: Omit<Question, "metrics" | "dimensions"> & { metrics: readonly M[]; dimensions?: readonly D[] },
    options?: Options,
  ): Promise<Row<M, D>[]> {
    const { metrics, dimensions = [] } = question;
    const answer = await this.query({ ...question, metrics: [...metrics], dimensions: [...dimensions] }, options);
    return answer.results.map((row) => {
      const pairs = [...dimensions.map((name, i) => [name, row.dimensions[i]]), ...metrics.map((name, i) => [name, row.metrics[i]])];
      return Object.fromEntries(pairs) as Row<M, D>;
    });
  }

  /** A report: a funnel, retention, journeys, … */
  report<Name extends ReportName>(name: Name, question: ReportQuestion<Name>, options?: Options): Promise<ReportAnswer<Name>> {
    const body = { site_id: this.connection.site, ...question };
    return this.connection.send("POST", `/api/v1/reports/${name}`, body, {}, options);
  }
}
