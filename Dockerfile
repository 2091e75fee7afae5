FROM node:20-bookworm-slim
# 备份与恢复 PostgreSQL、画图用的字体
RUN apt-get update && apt-get install -y --no-install-recommends postgresql-client fonts-noto-cjk && rm -rf /var/lib/apt/lists/*
WORKDIR /opt/chuangyou
COPY . .
RUN npm ci --omit=dev --no-audit --no-fund && mkdir -p data/media && chown -R node:node data
USER node
ENV HOST=0.0.0.0 PORT=8080
EXPOSE 8080
VOLUME /opt/chuangyou/data
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s CMD node -e "fetch('http://127.0.0.1:8080/readyz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"
CMD ["node", "build/main.js"]
