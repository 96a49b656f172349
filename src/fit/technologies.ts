/** Technologies and ways of connecting that a text can name; each family is one thing to have in common. */
export const TECHNOLOGIES = {
  kubernetes: technology('Kubernetes', 'kubernetes, k8s, helm, kubectl, openshift, kubernetes cluster'),
  containers: technology('containers', 'container, docker, container runtime, containerized, container orchestration, oci'),
  'cloud-native': technology('cloud-native software', 'cloud native, service mesh, istio, envoy, microservice, grpc, etcd'),
  observability: technology(
    'telemetry',
    'opentelemetry, prometheus, grafana, telemetry, tracing, traces, metrics, logs, observability, monitoring, instrumentation',
  ),
  aws: technology('AWS', 'aws, amazon web services, s3, lambda'),
  azure: technology('Microsoft Azure', 'azure, microsoft azure'),
  'google-cloud': technology('Google Cloud', 'google cloud, gcp, bigquery'),
  cloud: technology(
    'the cloud',
    'cloud infrastructure, multi cloud, hybrid cloud, cloud environment, public cloud, cloud service, cloud application',
  ),
  serverless: technology('serverless', 'serverless, edge function, cloud function'),
  warehouse: technology('data warehouses', 'data warehouse, snowflake, redshift, databricks, data lake'),
  databases: technology('databases', 'postgres, postgresql, mysql, mongodb, sql, database, redis, cassandra'),
  streaming: technology('event streams', 'kafka, event stream, streaming data, real time data, customer event, event data, webhook'),
  'open-source': technology('open source', 'open source, open-source, self hosted, github'),
  api: technology('APIs', 'api, rest api, graphql, api first, sdk, developer platform, integration, third party integration, plugin'),
  javascript: technology('JavaScript', 'javascript, typescript, react, vue, node.js, next.js, nuxt'),
  python: technology('Python', 'python, django, jupyter'),
  java: technology('Java', 'java, spring boot, jvm'),
  dotnet: technology('.NET', 'dotnet, asp.net, .net framework'),
  mobile: technology('mobile apps', 'mobile app, ios, android, react native, flutter'),
  web: technology('web sites', 'web site, website, web app, web application'),
  ai: technology('language models', 'llm, large language model, gpt, openai, langchain, ai agent'),
  salesforce: technology('Salesforce', 'salesforce, hubspot'),
  microsoft: technology('Microsoft 365', 'microsoft 365, office 365, sharepoint, dynamics 365, power bi, microsoft teams'),
  sap: technology('SAP', 'sap, oracle, netsuite'),
  shopify: technology('shop systems', 'shopify, magento, woocommerce, bigcommerce'),
  wordpress: technology('WordPress', 'wordpress, drupal'),
  slack: technology('Slack', 'slack, slack app'),
  terraform: technology('infrastructure as code', 'terraform, ansible, pulumi, infrastructure as code, gitops'),
  git: technology('delivery pipelines', 'ci/cd, continuous integration, continuous delivery, git, jenkins, gitlab'),
  blockchain: technology('blockchains', 'blockchain, ethereum, solana, smart contract'),
} satisfies Record<string, Technology>;
export type TechnologyId = keyof typeof TECHNOLOGIES;
export type Technology = { name: string; signs: string[] };

function technology(name: string, signs: string): Technology {
  return { name, signs: signs.split(', ') };
}
