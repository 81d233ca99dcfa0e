declare module 'parse-prometheus-text-format' {
  interface Sample {
    value?: string;
    labels?: { [name: string]: string };
    /** Of a histogram: its upper bounds, and how many are not above. */
    buckets?: { [bound: string]: string };
    count?: string;
    sum?: string;
  }
  /** @throws where a line is none of the format */
  export default function parse(text: string): { name: string; help: string; type: string; metrics: Sample[] }[];
}
